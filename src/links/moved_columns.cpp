#include "links/moved_columns.hpp"

#include "people/workspace.hpp"
#include "privacy/row_lines.hpp"
#include "work/attachment.hpp"
#include "work/tasks.hpp"
#include "work/written.hpp"

#include <map>
#include <stdexcept>

namespace dialpine::links {
namespace {
using store::Column;
using store::Table;

/// The tables of a workspace with a column of fixed choices: the declarations know that it is a choice, the row type
/// knows of what.
using RowsWithChoices = boost::mp11::mp_list<
    people::Membership,
    people::Invitation,
    work::Project,
    work::Status,
    work::Label,
    work::Task,
    work::Attachment,
    work::WorkspaceRules,
    work::SensitiveText,
    store::Change>;

struct Choices {
    bool (*has)(std::string_view) = nullptr;
    std::string (*all)() = nullptr;
};

std::map<const Column*, Choices> known_choices()
{
    std::map<const Column*, Choices> known;
    boost::mp11::mp_for_each<boost::mp11::mp_transform<std::type_identity, RowsWithChoices>>([&](auto type) {
        using Row = typename decltype(type)::type;
        const Table& table = *store::table_of<Row>;
        std::size_t at = 0;
        boost::mp11::mp_for_each<json::Members<Row>>([&](auto member) {
            using Value = typename store::detail::Bare<std::decay_t<decltype(Row().*member.pointer)>>::type;
            if constexpr (json::is_described_enum<Value>)
                known[&table.columns[at]] = {
                    [](std::string_view text) { return json::parse_enum<Value>(text).has_value(); },
                    &json::names_of<Value>};
            ++at;
        });
    });
    return known;
}

std::string wrong_choice(const Column& column, std::string_view value)
{
    static const auto known = known_choices();
    const auto found = known.find(&column);
    if (found == known.end())
        throw std::logic_error("the choices of " + std::string(column.name) + " are not listed for imports");
    return found->second.has(value) ? std::string() : "must be one of " + found->second.all();
}

template <class Text>
std::string wrong_text(std::string_view value)
{
    Text text;
    return std::string(json::read_text(value, text));
}

std::string wrong_rank(std::string_view value)
{
    const bool is_rank = !value.empty() && value.size() < 1000 && value.back() != '0' &&
                         value.find_first_not_of("0123456789abcdefghijklmnopqrstuvwxyz") == std::string_view::npos;
    return is_rank ? std::string() : "is no place in a column";
}

/// Texts that more depends on than how they read.
const std::map<std::string_view, std::string (*)(std::string_view)>& strict_texts()
{
    static const std::map<std::string_view, std::string (*)(std::string_view)> known{
        {"workspaces.name", &wrong_text<work::Name>},
        {"projects.key", &wrong_text<work::ProjectKey>},
        {"projects.name", &wrong_text<work::Name>},
        {"tasks.title", &wrong_text<work::Title>},
        {"tasks.position", &wrong_rank},
        {"links.url", &wrong_text<work::Url>},
    };
    return known;
}
} // namespace

std::string_view stays_behind(const Table& table)
{
    static const std::map<std::string_view, std::string_view> listed{
        {"invitations", "links that invite lead to the instance that made them; invite people anew"},
        {"imported_things", "what another service called things is known to the instance that imported them only"},
        {"imported_people", "made anew: everybody comes by name and can be invited"},
    };
    if (const auto found = listed.find(table.name); found != listed.end()) return found->second;
    if (&table == store::table_of<work::Attachment>) return {}; // sealed anew, with the file itself
    for (const auto& column : table.columns)
        if (!column.is_nullable && !privacy::belongs_to_team(column))
            return "an export does not hold what it is sealed or signed with";
    return {};
}

std::string wrong_value(const Table& table, const Column& column, std::string_view value)
{
    if (column.kind == store::Kind::choice) return wrong_choice(column, value);
    const auto strict = strict_texts().find(fmt::format("{}.{}", table.name, column.name));
    return strict == strict_texts().end() ? wrong_text<Prose<work::most_description>>(value) : strict->second(value);
}

} // namespace dialpine::links
