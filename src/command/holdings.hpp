#pragma once
#include "store/holding.hpp"

/// The files of the data folder that commands write.
namespace dialpine::command::declared {
inline constexpr std::array command_holdings{
    store::holding(
        store::HoldingKind::file,
        "control.sock",
        "the way by which commands ask a running server",
        store::OfNobody{"a socket; nothing stays in it"},
        R"(control\.sock)"
    ),
    store::holding(
        store::HoldingKind::file,
        "proof.json",
        "which promises of the policy the tests prove",
        store::OfNobody{"names of tests and their outcomes"},
        R"(proof\.json)"
    ),
};
} // namespace dialpine::command::declared
