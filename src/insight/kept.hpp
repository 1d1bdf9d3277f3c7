#pragma once
#include "base/clock.hpp"
#include "privacy/consent.hpp"
#include "store/schema.hpp"

/// What the tables of insight have in common.
namespace dialpine::insight {
using privacy::Consented;
using privacy::Purpose;
using store::column;
using store::NotPersonal;
using store::person_in;
using store::Personal;
using store::primary_key;

/// Insight keeps no hour of the day: a day's beginning stands for all of it.
inline Instant day_start(Instant at) { return std::chrono::floor<std::chrono::days>(at); }
inline std::string day_text(Instant at) { return to_text(std::chrono::floor<std::chrono::days>(at)); }

inline constexpr std::chrono::days thirteen_months{395};

} // namespace dialpine::insight
