#pragma once
#include "egress/disclosures.hpp"
#include "insight/coworkers.hpp"
#include "insight/crashes.hpp"
#include "insight/devices.hpp"
#include "insight/place.hpp"
#include "insight/pseudonyms.hpp"
#include "insight/searches.hpp"
#include "insight/statistics.hpp"
#include "insight/usage.hpp"
#include "links/brought_consents.hpp"
#include "people/closing.hpp"
#include "people/objections.hpp"
#include "people/person.hpp"
#include "people/profile.hpp"
#include "people/restriction.hpp"
#include "people/second_factor.hpp"
#include "people/workspace.hpp"
#include "privacy/authorities.hpp"
#include "privacy/change_objections.hpp"
#include "privacy/consent.hpp"
#include "privacy/hold.hpp"
#include "privacy/inactivity.hpp"
#include "privacy/publication.hpp"
#include "privacy/subject_rows.hpp"
#include "store/job.hpp"
#include "store/rows.hpp"
#include "store/transparency.hpp"
#include "work/attachment.hpp"
#include "work/mentions.hpp"
#include "work/task.hpp"
#include "work/written.hpp"

#include <typeindex>

/// Fills every declared table with one row about one person, each value recognisable, without knowing any table.
namespace dialpine::privacy {

using EveryRow = boost::mp11::mp_list<
    people::Person,
    people::Account,
    people::Session,
    people::Consent,
    privacy::PrivacySignal,
    links::BroughtConsent,
    privacy::Publication,
    egress::Recipient,
    egress::Disclosure,
    egress::RecipientNotice,
    privacy::AuthorityRequest,
    people::OutboxMail,
    privacy::Presence,
    privacy::LegalHold,
    privacy::WaitingErasure,
    people::Workspace,
    people::PlannedClosing,
    people::Membership,
    people::ImportedPerson,
    people::Invitation,
    work::Team,
    work::Project,
    work::Status,
    work::Label,
    work::Task,
    work::TaskAssignee,
    work::TaskLabel,
    work::ChecklistItem,
    work::Link,
    work::TaskField,
    work::Comment,
    work::Attachment,
    work::ImportedThing,
    people::Profile,
    people::SecondFactor,
    people::RecoveryCode,
    people::Restriction,
    people::ObjectionRow,
    privacy::ChangeObjection,
    work::Mention,
    work::WorkspaceRules,
    work::SensitiveText,
    insight::FeatureUse,
    insight::OpenedThing,
    insight::AttachedKind,
    insight::DeviceUse,
    insight::Arrival,
    insight::SearchTerm,
    insight::Coworker,
    insight::TeamWorkedIn,
    insight::CrashReport,
    insight::Place,
    insight::LogPseudonym,
    insight::PublishedCount,
    privacy::SubjectRequest,
    privacy::Strike,
    store::Change,
    store::Job,
    store::KeptAnswer,
    store::LogEntry,
    store::LogSecret,
    store::LogNode,
    store::LogHead>;

class Oracle {
public:
    Oracle(std::string owner, Instant at) : owner_(std::move(owner)), at_(at) {}

    [[nodiscard]] PersonId person() { return id<PersonId>(); }
    [[nodiscard]] WorkspaceId workspace() { return id<WorkspaceId>(); }

    /// The text in this column: starts with the owner's name where it is personal, with "team" and a number elsewhere.
    [[nodiscard]] std::string text(const store::Table& table, const store::Column& column) const
    {
        return fmt::format(
            "{} {}.{}", column.personal ? owner_ : fmt::format("team {}", number()), table.name, column.name
        );
    }

    [[nodiscard]] crypto::Digest digest(const store::Table& table, const store::Column& column) const
    {
        return crypto::hash(text(table, column) + owner_);
    }

    void fill(store::Database& database)
    {
        database.keys().make(person());
        database.write([&](store::Write& write) {
            boost::mp11::mp_for_each<boost::mp11::mp_transform<std::type_identity, EveryRow>>([&](auto type) {
                store::insert(write, row<typename decltype(type)::type>());
            });
        });
    }

private:
    template <class Row>
    Row row()
    {
        const auto& table = *store::table_of<Row>;
        Row made{};
        std::size_t at = 0;
        boost::mp11::mp_for_each<json::Members<Row>>([&](auto member) {
            put(made.*member.pointer, table, table.columns[at++]);
        });
        return made;
    }

    template <class Value>
    void put(Value& value, const store::Table& table, const store::Column& column)
    {
        if constexpr (json::is_a<Value, std::optional>)
            put(value.emplace(), table, column);
        else if constexpr (is_sealed<Value>)
            value = Value(typename Value::Plain(text(table, column)));
        else if constexpr (json::is_id<Value>)
            value = id<Value>();
        else if constexpr (std::is_same_v<Value, crypto::Digest>)
            value = digest(table, column);
        else if constexpr (std::is_same_v<Value, Instant>)
            value = at_;
        else if constexpr (std::is_same_v<Value, Day>)
            value = std::chrono::floor<std::chrono::days>(at_);
        else if constexpr (std::is_same_v<Value, bool> || std::is_enum_v<Value>)
            value = static_cast<Value>(1);
        else if constexpr (std::is_arithmetic_v<Value>)
            value = static_cast<Value>(number());
        else
            value = Value(text(table, column));
    }

    /// One thing of each kind, so that the rows belong together.
    template <class Id>
    Id id()
    {
        auto& known = ids_[std::type_index(typeid(Id))];
        if (known.is_nil()) known = new_uuid();
        return Id(known);
    }

    /// Another for each owner.
    [[nodiscard]] std::size_t number() const { return 1 + std::hash<std::string>()(owner_) % 1'000'000; }

    std::string owner_;
    Instant at_;
    std::map<std::type_index, Uuid> ids_;
};

} // namespace dialpine::privacy
