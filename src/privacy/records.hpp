#pragma once
#include "base/clock.hpp"
#include "privacy/inventory.hpp"

#include <optional>

namespace dialpine::store {
class Read;
}

/// Documents that law and others ask for, written from the declarations and by nobody's hand.
namespace dialpine::privacy {

/// Who runs this instance, as the operator says it; what is not said stays open.
struct Controller {
    std::optional<std::string> name;
    std::optional<std::string> contact;
    std::optional<std::string> representative; ///< in the Union, for who is not established there
    std::optional<std::string> region;         ///< where the machine stands
};
BOOST_DESCRIBE_STRUCT(Controller, (), (name, contact, representative, region))

/// Whom data may be given to.
struct Recipient {
    std::string name;
    std::string purpose;
    std::vector<std::string> fields;
    std::string region;
};
BOOST_DESCRIBE_STRUCT(Recipient, (), (name, purpose, fields, region))

/// All that this instance registered and that have not ended.
std::vector<Recipient> all_recipients(const store::Read&);

/// What is processed for one purpose.
struct Activity {
    Term purpose;
    std::vector<std::string> bases;
    std::vector<std::string> subjects; ///< as categories of data subjects
    std::vector<Term> categories;
    std::vector<std::string> sources;
    std::vector<std::string> recipients;
    std::vector<std::string> periods;
    std::vector<std::string> places; ///< `people.name`; files and caches by name
};
BOOST_DESCRIBE_STRUCT(Activity, (), (purpose, bases, subjects, categories, sources, recipients, periods, places))

/// The record of processing activities (GDPR, article 30).
struct ProcessingRecord {
    std::string program;
    std::string vocabulary;
    Controller controller;
    std::vector<Activity> activities;
    std::vector<Recipient> recipients;
    std::vector<std::string> transfers; ///< to other countries
    std::vector<std::string> measures;  ///< technical and organisational
};
BOOST_DESCRIBE_STRUCT(
    ProcessingRecord, (), (program, vocabulary, controller, activities, recipients, transfers, measures)
)
ProcessingRecord processing_record(const Controller&, const std::vector<Recipient>& = {});
/// RFC 4180; a line for each activity.
std::string to_csv(const ProcessingRecord&);
/// With the terms of W3C's Data Privacy Vocabulary.
std::string to_json_ld(const ProcessingRecord&);

/// What was collected in the twelve months before a day, by category (CCPA, Civil Code 1798.130(a)(5)).
struct CollectedCategory {
    Term category;
    std::vector<std::string> sources;
    std::vector<std::string> purposes;
    std::vector<std::string> periods;
    std::vector<std::string> disclosed_to;
    bool sold = false;
    bool shared_for_advertising = false;
};
BOOST_DESCRIBE_STRUCT(
    CollectedCategory, (), (category, sources, purposes, periods, disclosed_to, sold, shared_for_advertising)
)
struct CategoriesReport {
    Day from{};
    Day until{};
    std::vector<CollectedCategory> categories;
};
BOOST_DESCRIBE_STRUCT(CategoriesReport, (), (from, until, categories))
CategoriesReport categories_report(Day until, const std::vector<Recipient>& = {});
std::string to_csv(const CategoriesReport&);

/// A dataset file of Fides, in YAML: tables as collections, columns as fields with their categories.
std::string dataset_yaml();
/// `docs/data.md`.
std::string data_page();

} // namespace dialpine::privacy
