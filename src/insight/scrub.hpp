#pragma once
#include <string>
#include <string_view>

/// What is left of an error before it is stored (promise P18). Nothing is recognised and taken out, because a list of
/// secrets is never complete: only what is known to be harmless is let in.
namespace dialpine::insight {

/// The message's words that engines and libraries themselves use in their errors; a dash stands for each other run.
/// "Cannot read properties of undefined (reading 'Mia')" leaves "Cannot read properties of undefined reading –".
std::string scrubbed_message(std::string_view message);
/// The name of an error if it is one that engines and our page throw, else "Error".
std::string scrubbed_kind(std::string_view kind);
/// The frames of a page's stack that are in our own files, as `file:line:column`, one a line, twenty at most. Names of
/// functions, addresses and queries are left out.
std::string scrubbed_stack(std::string_view stack);
/// The type of an exception, `store::Failure` of `dialpine::store::Failure`.
std::string kind_of_exception(const std::exception&);

} // namespace dialpine::insight
