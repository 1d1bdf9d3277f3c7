#include "command/holdings.hpp"

#include "api/holdings.hpp"
#include "base/log.hpp"
#include "egress/holdings.hpp"
#include "insight/holdings.hpp"
#include "links/holdings.hpp"
#include "people/holdings.hpp"
#include "store/holdings.hpp"
#include "work/holdings.hpp"

#include <vector>

namespace dialpine::store {
namespace {
/// Random bits; which person they are stands in a table alone, for 30 days.
constexpr HeldOfPerson pseudonym_in_log{
    .of = "whoever agreed to it",
    .category = Category::usage,
    .source = Source::the_program,
    .uses = {Use::mend_errors},
    .basis = Basis::consent,
    .keep = {"as long as the operator keeps the log; linked to a person for 30 days at most"},
    .at_erasure = AtErasure::unlink,
    .export_name = "log_pseudonyms",
};

Holding field_of_log(log::Field field)
{
    if (log::text_of(field).why_of_nobody.empty())
        return {
            .kind = HoldingKind::log_field,
            .name = log::name_of(field),
            .holds = log::text_of(field).holds,
            .personal = &pseudonym_in_log,
        };
    return {
        .kind = HoldingKind::log_field,
        .name = log::name_of(field),
        .holds = log::text_of(field).holds,
        .not_personal = log::text_of(field).why_of_nobody,
    };
}

std::vector<Holding> listed()
{
    std::vector<Holding> all;
    const auto add = [&](std::span<const Holding> some) { all.insert(all.end(), some.begin(), some.end()); };
    add(declared::store_holdings);
    add(work::declared::work_holdings);
    add(links::declared::link_holdings);
    add(people::declared::people_holdings);
    add(insight::declared::insight_holdings);
    add(api::declared::api_holdings);
    add(command::declared::command_holdings);
    add(egress::declared::egress_holdings());
    for (const auto field : log::all_fields) all.push_back(field_of_log(field));
    return all;
}
} // namespace

std::span<const Holding> all_holdings()
{
    static const auto all = listed();
    return all;
}

} // namespace dialpine::store
