#include "egress/disclosures.hpp"

#include "store/rows.hpp"

namespace dialpine::egress {

std::string subject_for(const store::Read& read, RecipientId recipient, PersonId person)
{
    return to_base64url(
        crypto::view(read.keys().lookup(fmt::format("recipient|{}|{}", to_text(recipient), to_text(person))))
    );
}

std::vector<Disclosure> list_disclosures_of(const store::Read& read, PersonId person)
{
    return store::select<Disclosure>(read, "WHERE person_id = $1 ORDER BY at DESC, id DESC", person);
}

std::vector<std::string> queue_notices(store::Write& write, PersonId person, NoticeKind kind)
{
    std::vector<std::pair<RecipientId, std::string>> told;
    store::query(
        write,
        "SELECT DISTINCT recipient_id, recipient FROM disclosures WHERE person_id = $1 ORDER BY recipient",
        [&](const store::Statement& row) {
            told.emplace_back(store::value_at<RecipientId>(row, 0), std::string(row.text(1)));
        },
        person
    );
    std::vector<std::string> names;
    for (const auto& [recipient, name] : told) {
        store::insert(
            write,
            RecipientNotice{
                .id = RecipientNoticeId::make(),
                .person_id = kind == NoticeKind::erasure ? std::nullopt : std::optional(person),
                .recipient_id = recipient,
                .kind = kind,
                .subject = subject_for(write, recipient, person),
                .created_at = clock_now(),
            }
        );
        names.push_back(name);
    }
    return names;
}

} // namespace dialpine::egress
