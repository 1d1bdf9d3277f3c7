#include "base/crypto.hpp"
#include "command/commands.hpp"

#include <cstdio>
#include <exception>

int main(int count, char** values)
{
    try {
        dialpine::crypto::initialise();
        dialpine::command::Terminal terminal;
        return static_cast<int>(dialpine::command::run({values + 1, values + count}, terminal));
    } catch (const std::exception& failure) {
        std::fprintf(stderr, "%s\n", failure.what());
        return static_cast<int>(dialpine::command::Exit::failed);
    }
}
