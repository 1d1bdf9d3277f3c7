#include "privacy/records.hpp"

#include "base/json_write.hpp"
#include "base/text.hpp"
#include "egress/recipients.hpp"
#include "privacy/csv.hpp"
#include "privacy/taxonomy.hpp"

#include <map>

namespace dialpine::privacy {
namespace {
template <class Value>
void add_once(std::vector<Value>& list, const Value& value)
{
    if (!std::ranges::count(list, value)) list.push_back(value);
}
template <class Value>
void add_all_once(std::vector<Value>& list, const std::vector<Value>& values)
{
    for (const auto& value : values) add_once(list, value);
}

std::string place_of(const InventoryItem& item)
{
    return item.store.empty() ? item.name : fmt::format("{}.{}", item.store, item.name);
}

/// Categories of data subjects, as article 30 asks for them.
std::string subjects_of(const InventoryItem& item)
{
    for (const auto& source : item.sources)
        if (source == text_of(Source::an_import)) return "people named in imported boards";
    return "account holders and those whom they invite";
}

bool says_period(const InventoryItem& item)
{
    return item.kind == "column" || item.kind == "cache" || item.kind == "file" || item.kind == "outbound_field";
}

// ---- CSV

std::string joined(const std::vector<std::string>& texts) { return fmt::format("{}", fmt::join(texts, "; ")); }

std::string joined(const std::vector<Term>& terms)
{
    std::vector<std::string> texts;
    for (const auto& term : terms) texts.push_back(fmt::format("{} ({})", term.title, term.key));
    return joined(texts);
}

/// A recipient stands with the activity whose use is that of its purpose.
bool receives_for(const Recipient& recipient, const Term& use)
{
    for (const auto& facts : egress::declared::purposes)
        if (facts.title == recipient.purpose && text_of(facts.use).key == use.key) return true;
    return false;
}

bool receives(const Recipient& recipient, const Term& category)
{
    return std::ranges::any_of(recipient.fields, [&](const std::string& name) {
        const auto field = json::parse_enum<egress::Field>(name);
        return field && egress::facts_of(*field).category &&
               text_of(*egress::facts_of(*field).category).key == category.key;
    });
}

std::vector<std::string> transfers_of(const Controller& controller, const std::vector<Recipient>& recipients)
{
    std::vector<std::string> transfers;
    const auto home = controller.region.value_or("");
    for (const auto& each : recipients)
        if (home.empty() || each.region.find(home) == std::string::npos)
            transfers.push_back(fmt::format("{}: {}", each.name, each.region));
    return transfers;
}

Day year_before(Day day)
{
    const auto before = std::chrono::year_month_day(day) - std::chrono::years{1};
    return before.ok() ? Day{before} : Day{before.year() / before.month() / std::chrono::last};
}

// ---- JSON-LD

std::string_view dpv_purpose_of(std::string_view key)
{
    if (key == "essential.service.authentication") return "dpv:IdentityAuthentication";
    if (key.starts_with("essential.service.security")) return "dpv:EnforceSecurity";
    if (key.starts_with("essential.service.notifications")) return "dpv:CommunicationManagement";
    if (key.starts_with("essential.legal_obligation")) return "dpv:LegalCompliance";
    if (key.starts_with("analytics")) return "dpv:ServiceUsageAnalytics";
    if (key.starts_with("personalize")) return "dpv:ServicePersonalisation";
    if (key.starts_with("functional.service.improve")) return "dpv:ServiceOptimisation";
    return "dpv:ServiceProvision";
}

std::string_view dpv_basis_of(std::string_view basis)
{
    if (basis == text_of(Basis::contract)) return "dpv:Contract";
    if (basis == text_of(Basis::consent)) return "dpv:Consent";
    if (basis == text_of(Basis::legal_obligation)) return "dpv:LegalObligation";
    return "dpv:LegitimateInterest";
}

void write_reference(json::Writer& out, std::string_view id)
{
    out.begin_object();
    out.member("@id", id);
    out.end_object();
}

void write_labelled(json::Writer& out, std::string_view type, std::string_view label)
{
    out.begin_object();
    out.member("@type", type);
    out.member("rdfs:label", label);
    out.end_object();
}

template <class Items, class Write>
void write_list(json::Writer& out, std::string_view name, const Items& items, const Write& write)
{
    out.key(name);
    out.begin_array();
    for (const auto& item : items) write(item);
    out.end_array();
}

void write_purpose(json::Writer& out, const Term& purpose)
{
    out.key("dpv:hasPurpose");
    out.begin_object();
    out.member("@id", fmt::format("fides:{}", purpose.key));
    out.key("@type");
    out.begin_array();
    out.value("dpv:Purpose");
    out.value(dpv_purpose_of(purpose.key));
    out.end_array();
    out.member("rdfs:label", purpose.title);
    out.end_object();
}

void write_process(json::Writer& out, const Activity& activity, const std::vector<std::string>& measures)
{
    out.begin_object();
    out.member("@id", fmt::format("#{}", activity.purpose.key));
    out.member("@type", "dpv:Process");
    out.key("dpv:hasDataController");
    write_reference(out, "#controller");
    write_purpose(out, activity.purpose);
    write_list(out, "dpv:hasLegalBasis", activity.bases, [&](const auto& each) {
        write_reference(out, dpv_basis_of(each));
    });
    write_list(out, "dpv:hasPersonalData", activity.categories, [&](const Term& each) {
        out.begin_object();
        out.member("@id", fmt::format("fides:{}", each.key));
        out.member("@type", "dpv:PersonalData");
        out.member("rdfs:label", each.title);
        out.end_object();
    });
    write_list(out, "dpv:hasDataSubject", activity.subjects, [&](const auto& each) {
        write_labelled(out, "dpv:DataSubject", each);
    });
    write_list(out, "dpv:hasDataSource", activity.sources, [&](const auto& each) {
        write_labelled(out, "dpv:DataSource", each);
    });
    write_list(out, "dpv:hasRecipient", activity.recipients, [&](const auto& each) {
        write_labelled(out, "dpv:Recipient", each);
    });
    write_list(out, "dpv:hasStorageCondition", activity.periods, [&](const auto& each) {
        write_labelled(out, "dpv:StorageDuration", each);
    });
    write_list(out, "dpv:hasTechnicalOrganisationalMeasure", measures, [&](const auto& each) {
        write_labelled(out, "dpv:TechnicalOrganisationalMeasure", each);
    });
    out.end_object();
}
} // namespace

std::vector<Recipient> all_recipients(const store::Read& read)
{
    std::vector<Recipient> all;
    for (const auto& each : egress::list_recipients(read)) {
        if (each.state == egress::RecipientState::ended) continue;
        all.push_back({
            .name = each.name,
            .purpose = std::string(egress::facts_of(each.purpose).title),
            .fields = egress::parts_of(each.fields),
            .region = fmt::format("{} ({})", each.region, each.country),
        });
    }
    return all;
}

ProcessingRecord processing_record(const Controller& controller, const std::vector<Recipient>& recipients)
{
    std::map<std::string, Activity> activities;
    for (const auto& item : inventory())
        for (const auto& use : item.uses) {
            // Two uses can have one key of the taxonomy; the title tells them apart.
            auto& activity = activities[use.key + use.title];
            activity.purpose = use;
            add_all_once(activity.bases, item.bases);
            add_all_once(activity.categories, item.categories);
            add_all_once(activity.sources, item.sources);
            add_once(activity.subjects, subjects_of(item));
            if (says_period(item) && !item.keep.empty()) add_once(activity.periods, item.keep);
            add_once(activity.places, place_of(item));
        }
    ProcessingRecord record{
        .program = "DialPine " DIALPINE_VERSION,
        .vocabulary = std::string(taxonomy_version),
        .controller = controller,
        .recipients = recipients,
        .transfers = transfers_of(controller, recipients),
        .measures =
            {"what names or reaches a person is sealed with XChaCha20-Poly1305 under the person's own 256-bit key",
             "keys lie apart from the data and are destroyed at erasure",
             "passwords are stored as Argon2id hashes",
             "network addresses are cut to their network",
             "each route names the role that it needs; everything else is denied",
             "periods are enforced by a job every hour",
             "the log holds declared fields only, none of a person"},
    };
    for (auto& [key, activity] : activities) {
        for (const auto& recipient : recipients)
            if (receives_for(recipient, activity.purpose)) add_once(activity.recipients, recipient.name);
        record.activities.push_back(std::move(activity));
    }
    return record;
}

std::string to_csv(const ProcessingRecord& record)
{
    const auto& controller = record.controller;
    std::string csv = csv_line(
        {"controller",
         "contact",
         "representative",
         "purpose",
         "key",
         "lawful_basis",
         "data_subjects",
         "data_categories",
         "sources",
         "recipients",
         "transfers",
         "kept",
         "measures",
         "places"}
    );
    for (const auto& each : record.activities)
        csv += csv_line(
            {controller.name.value_or(""),
             controller.contact.value_or(""),
             controller.representative.value_or(""),
             each.purpose.title,
             each.purpose.key,
             joined(each.bases),
             joined(each.subjects),
             joined(each.categories),
             joined(each.sources),
             joined(each.recipients),
             joined(record.transfers),
             joined(each.periods),
             joined(record.measures),
             joined(each.places)}
        );
    return csv;
}

std::string to_json_ld(const ProcessingRecord& record)
{
    std::string text;
    json::Writer out(text);
    out.begin_object();
    out.key("@context");
    out.begin_object();
    out.member("dpv", "https://w3id.org/dpv#");
    out.member("rdfs", "http://www.w3.org/2000/01/rdf-schema#");
    out.member("fides", "https://ethyca.github.io/fideslang/taxonomy/#");
    out.end_object();
    out.key("@graph");
    out.begin_array();
    out.begin_object();
    out.member("@id", "#controller");
    out.member("@type", "dpv:DataController");
    out.member("rdfs:label", record.controller.name.value_or("the operator of this instance"));
    if (record.controller.contact) out.member("dpv:hasContact", *record.controller.contact);
    if (record.controller.representative) {
        out.key("dpv:hasRepresentative");
        write_labelled(out, "dpv:Representative", *record.controller.representative);
    }
    out.end_object();
    for (const auto& activity : record.activities) write_process(out, activity, record.measures);
    out.end_array();
    out.end_object();
    return text;
}

CategoriesReport categories_report(Day until, const std::vector<Recipient>& recipients)
{
    std::map<std::string, CollectedCategory> categories;
    for (const auto& item : inventory())
        for (const auto& category : item.categories) {
            if (item.kind != "column") continue; // everything else is a copy, or goes within the hour
            auto& collected = categories[category.key + category.title];
            collected.category = category;
            add_all_once(collected.sources, item.sources);
            for (const auto& use : item.uses) add_once(collected.purposes, use.title);
            add_once(collected.periods, item.keep);
        }
    CategoriesReport report{.from = year_before(until), .until = until};
    for (auto& [key, collected] : categories) {
        for (const auto& recipient : recipients)
            if (receives(recipient, collected.category)) add_once(collected.disclosed_to, recipient.name);
        report.categories.push_back(std::move(collected));
    }
    return report;
}

std::string to_csv(const CategoriesReport& report)
{
    std::string csv =
        csv_line({"category", "key", "sources", "purposes", "kept", "disclosed_to", "sold", "shared_for_advertising"});
    for (const auto& each : report.categories)
        csv += csv_line(
            {each.category.title,
             each.category.key,
             joined(each.sources),
             joined(each.purposes),
             joined(each.periods),
             joined(each.disclosed_to),
             each.sold ? "yes" : "no",
             each.shared_for_advertising ? "yes" : "no"}
        );
    return csv;
}

} // namespace dialpine::privacy
