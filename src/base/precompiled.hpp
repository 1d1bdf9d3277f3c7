#pragma once
// What nearly every source needs; nothing of Beast, Boost.JSON or SQLite.
#include <boost/describe.hpp>
#include <boost/mp11.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <compare>
#include <cstdint>
#include <exception>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <unordered_map>
#include <utility>
#include <variant>
#include <vector>
