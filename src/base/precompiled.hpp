#pragma once
// What nearly every source needs; nothing of Beast, Boost.JSON or SQLite.
#include "base/json.hpp"

#include <boost/describe.hpp>
#include <boost/mp11.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <compare>
#include <cstdint>
#include <exception>
#include <filesystem>
#include <functional>
#include <locale>
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
