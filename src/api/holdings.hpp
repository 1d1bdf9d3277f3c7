#pragma once
#include "store/holding.hpp"

/// What the HTTP face keeps, in memory and as payloads of jobs.
namespace dialpine::api::declared {
using store::HoldingKind;
using store::OfNobody;

inline constexpr store::CopyOf running_jobs{
    .columns = {"jobs"},
    .keep = {"until the job ends"},
    .erasure = "goes with the job; holds counts and our own words",
};
inline constexpr store::HeldOfPerson followers{
    .of = "whoever has a page open",
    .category = Category::session,
    .source = Source::the_browser,
    .uses = {Use::provide_service},
    .basis = Basis::contract,
    .keep = {"while the page is open"},
    .at_erasure = AtErasure::erase_row,
    .export_name = "none: a connection that is open now",
};
inline constexpr store::HeldOfPerson confirmations{
    .of = "whoever gave the password just now",
    .category = Category::session,
    .source = Source::the_person,
    .uses = {Use::security},
    .basis = Basis::legitimate_interest,
    .keep = {"a few minutes, and never longer than the session"},
    .at_erasure = AtErasure::erase_row,
    .export_name = "none: gone before an export is made",
};
inline constexpr store::CopyOf archive_on_its_way{
    .columns = {},
    .keep = {"until it is sent"},
    .erasure = "sent or dropped within seconds",
};
inline constexpr std::array api_holdings{
    store::holding(HoldingKind::cache, "api/house.hpp", "how far long work is", &running_jobs),
    store::holding(HoldingKind::cache, "api/live.hpp", "which pages are open, by the person's id", &followers),
    store::holding(
        HoldingKind::cache, "api/confirmations.hpp", "which sessions gave the password just now", &confirmations
    ),
    store::holding(
        HoldingKind::job_payload,
        "export_",
        "that an export may be fetched, and how much there is; the file is made when it is fetched",
        OfNobody{"counts"}
    ),
    store::holding(
        HoldingKind::cache,
        "api/made_as_sent.hpp",
        "the next megabyte of an export on its way to its reader",
        &archive_on_its_way
    ),
    store::holding(
        HoldingKind::job_payload,
        "erasure",
        "the certificate: rows by table, and an id that names nobody any more; while a legal hold delays it, until when",
        OfNobody{"counts of what is gone"}
    ),
};
} // namespace dialpine::api::declared
