#include "targets.hpp"

#include <cstddef>
#include <cstdint>

/// As AFL++'s driver and libFuzzer call it. Built once for each target.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    dialpine::fuzz::DIALPINE_FUZZ_TARGET({reinterpret_cast<const char*>(data), size});
    return 0;
}
