#pragma once
#include "base/clock.hpp"
#include "base/crypto.hpp"
#include "base/ids.hpp"
#include "base/json.hpp"
#include "store/catalogue.hpp"
#include "store/ids.hpp"
#include "store/sealed.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

/// A table is declared once, column by column. SQL, the check of the real database, binding, export, erasure, retention
/// and the "what we hold of me" page are all derived from that declaration. A column that says nothing does not
/// compile.
namespace dialpine::store {

enum class SqlType : std::uint8_t { integer, real, text, blob };

/// What a column's values are to people, more exactly than how the database keeps them.
enum class Kind : std::uint8_t { boolean, integer, real, instant, day, text, choice, id, digest };

/// Whose data a column holds: the person that the row itself is, or the person that another column names.
struct Subject {
    using PersonOf = PersonId (*)(const void* row);
    std::string_view column; ///< the column with the person's id
    PersonOf person_of;      ///< nil when the row names nobody
    Subject() = delete;
    constexpr Subject(std::string_view column_, PersonOf person_of_) : column(column_), person_of(person_of_) {}
};

/// What a column holds of a person. Named once for each kind of data, so that a table reads as a table. Each fact is a
/// type without a default, so that leaving one out does not compile.
struct Personal {
    Subject of;
    Category category;
    Source source;
    Uses uses;
    Basis basis = Basis::none;
    Keep keep;
    AtErasure at_erasure = AtErasure::none;
    std::string_view why_kept = {};   ///< for AtErasure::keep
    bool names_others = false;        ///< written text, in which other people can be named
    bool is_withheld = false;         ///< never given out, not even to the person: password hashes, token hashes
    std::string_view label = {};      ///< what the person reads; the category's title when empty
    std::string_view correct_at = {}; ///< the page where the person corrects it
    std::string_view erase_at = {};   ///< the page where the person erases it alone
};

struct NotPersonal {
    std::string_view why;
    consteval explicit NotPersonal(std::string_view why_) : why(why_)
    {
        if (why_.size() < 3) throw "a column that is not personal says why";
    }
};

struct Column {
    std::string_view name;
    Kind kind = Kind::text;
    SqlType type = SqlType::blob;
    bool is_nullable = false;
    bool is_sealed = false;
    bool is_looked_up = false; ///< a keyed hash of the value stands beside it, in NAME_hash
    bool is_unique = false;
    bool names_row = false; ///< its text tells people which row this is: a task's title, a workspace's name
    bool names_blob = false; ///< the blob of this id belongs to the row and goes with it
    std::optional<Personal> personal;
    std::string_view not_personal; ///< the reason
};

struct Index {
    std::array<std::string_view, 4> columns{};
    std::size_t count = 0;
    bool is_unique = false;
};

/// The rows of a table are parts of another table's rows and go with them: a task's comments, a project's tasks.
struct Part {
    std::string_view whole; ///< the other table
    std::array<std::string_view, 4> columns{};
    std::array<std::string_view, 4> whole_columns{}; ///< to which `columns` are equal, in this order
    std::size_t count = 0;
};

struct Table {
    std::string_view name;
    std::span<const std::string_view> key;
    std::span<const Column> columns;
    std::span<const Index> indexes;
    std::span<const Part> part_of; ///< besides the workspace, of which every table in a workspace is part
    /// The row's primary key as bytes, for binding a sealed value to its place.
    void (*append_key)(const void* row, std::string& out) = nullptr;

    [[nodiscard]] const Column* find_column(std::string_view name) const;
    [[nodiscard]] bool is_in_workspace() const { return key.size() > 0 && key.front() == "workspace_id"; }
    /// The column that names each row's blob, if they have one.
    [[nodiscard]] const Column* blob_column() const;
    /// The column with the subject's id, if the table holds anything of a person.
    [[nodiscard]] bool is_personal() const;
};

/// All tables of the database, in the order in which they are made. Listed by hand in `privacy/tables.cpp`, since the
/// store knows no room.
std::span<const Table* const> all_tables();

// ---- declaring

namespace detail {
template <auto Member>
struct MemberOf;
template <class Row_, class Value_, Value_ Row_::* Member>
struct MemberOf<Member> {
    using Row = Row_;
    using Value = Value_;
};

template <auto Member>
consteval std::string_view name_of_member()
{
    using Row = typename MemberOf<Member>::Row;
    std::string_view name;
    boost::mp11::mp_for_each<json::Members<Row>>([&](auto each) {
        if constexpr (std::is_same_v<std::remove_const_t<decltype(each.pointer)>, decltype(Member)>)
            if (each.pointer == Member) name = each.name;
    });
    return name;
}

template <class T>
struct Bare {
    using type = T;
    static constexpr bool is_nullable = false;
};
template <class T>
struct Bare<std::optional<T>> {
    using type = T;
    static constexpr bool is_nullable = true;
};

template <class T>
consteval Kind kind_of()
{
    if constexpr (is_sealed<T>)
        return Kind::text;
    else if constexpr (json::is_id<T>)
        return Kind::id;
    else if constexpr (std::is_same_v<T, crypto::Digest>)
        return Kind::digest;
    else if constexpr (std::is_same_v<T, Instant>)
        return Kind::instant;
    else if constexpr (std::is_same_v<T, Day>)
        return Kind::day;
    else if constexpr (std::is_same_v<T, bool>)
        return Kind::boolean;
    else if constexpr (std::is_floating_point_v<T>)
        return Kind::real;
    else if constexpr (std::is_integral_v<T>)
        return Kind::integer;
    else if constexpr (json::is_described_enum<T>)
        return Kind::choice;
    else
        return Kind::text;
}

constexpr SqlType sql_type_of(Kind kind, bool is_sealed)
{
    if (is_sealed) return SqlType::blob;
    switch (kind) {
    case Kind::boolean:
    case Kind::integer:
    case Kind::instant: return SqlType::integer;
    case Kind::real: return SqlType::real;
    case Kind::day:
    case Kind::text:
    case Kind::choice: return SqlType::text;
    case Kind::id:
    case Kind::digest: return SqlType::blob;
    }
    return SqlType::blob;
}
} // namespace detail

struct LookedUp {};
struct Unique {};
struct NamesRow {};
struct NamesBlob {};
inline constexpr LookedUp looked_up{};
inline constexpr Unique unique{};
inline constexpr NamesRow names_row{};
inline constexpr NamesBlob names_blob{};

/// The row is the person.
template <auto Member>
constexpr Subject itself_by{detail::name_of_member<Member>(), [](const void* row) {
                                return static_cast<const typename detail::MemberOf<Member>::Row*>(row)->*Member;
                            }};

/// The person whose id another member of the row holds; nobody, when that is absent.
template <auto Member>
constexpr Subject person_in{detail::name_of_member<Member>(), [](const void* row) -> PersonId {
                                const auto& member =
                                    static_cast<const typename detail::MemberOf<Member>::Row*>(row)->*Member;
                                if constexpr (detail::Bare<std::decay_t<decltype(member)>>::is_nullable)
                                    return member.value_or(PersonId{});
                                else
                                    return member;
                            }};

template <auto Member, class Says, class... Options>
consteval Column column(const Says& says, Options...)
{
    static_assert(
        std::is_same_v<Says, Personal> || std::is_same_v<Says, NotPersonal>,
        "a column says either Personal or NotPersonal{\"why\"}"
    );
    using Value = typename detail::MemberOf<Member>::Value;
    using Bare = typename detail::Bare<Value>::type;
    Column made{
        .name = detail::name_of_member<Member>(),
        .kind = detail::kind_of<Bare>(),
        .type = detail::sql_type_of(detail::kind_of<Bare>(), is_sealed<Bare>),
        .is_nullable = detail::Bare<Value>::is_nullable,
        .is_sealed = is_sealed<Bare>,
        .is_looked_up = (std::is_same_v<Options, LookedUp> || ... || false),
        .is_unique = (std::is_same_v<Options, Unique> || ... || false),
        .names_row = (std::is_same_v<Options, NamesRow> || ... || false),
        .names_blob = (std::is_same_v<Options, NamesBlob> || ... || false),
        .personal = std::nullopt,
        .not_personal = {},
    };
    if constexpr (std::is_same_v<Says, Personal>) {
        if (says.basis == Basis::none) throw "a personal column names its lawful basis";
        if (says.at_erasure == AtErasure::none) throw "a personal column says what happens to it at erasure";
        if (says.at_erasure == AtErasure::keep && says.why_kept.empty()) throw "what is kept at erasure says why";
        if (says.at_erasure == AtErasure::unlink && !made.is_nullable) throw "only a nullable column can be unlinked";
        made.personal = says;
    } else {
        if (made.is_sealed) throw "a sealed column is personal";
        made.not_personal = says.why;
    }
    return made;
}

template <auto... Members>
consteval Index indexed_by()
{
    Index index;
    ((index.columns[index.count++] = detail::name_of_member<Members>()), ...);
    return index;
}

template <auto... Members>
consteval Index unique_by()
{
    Index index = indexed_by<Members...>();
    index.is_unique = true;
    return index;
}

template <auto... Members>
struct PrimaryKey {
    static constexpr std::array<std::string_view, sizeof...(Members)> names{detail::name_of_member<Members>()...};
    template <class Row>
    static void append(const void* row, std::string& out)
    {
        const auto append_one = [&](const auto& value) {
            using Value = std::decay_t<decltype(value)>;
            if constexpr (json::is_id<Value>)
                out.append(reinterpret_cast<const char*>(value.bytes.data()), value.bytes.size());
            else if constexpr (std::is_same_v<Value, crypto::Digest>)
                out += crypto::view(value);
            else if constexpr (std::is_integral_v<Value>)
                out += std::to_string(value) + "|";
            else if constexpr (json::is_described_enum<Value>)
                out += std::string(json::name_of(value)) + "|";
            else
                out += std::string(value) + "|";
        };
        (append_one(static_cast<const Row*>(row)->*Members), ...);
    }
};
template <auto... Members>
inline constexpr PrimaryKey<Members...> primary_key{};

/// Storage for a declared table; `table` is the plain data that everything else loops over.
template <class Row, std::size_t Columns, std::size_t Indexes, std::size_t Parts>
struct Declared {
    std::string_view name;
    std::span<const std::string_view> key;
    std::array<Column, Columns> columns;
    std::array<Index, Indexes> indexes;
    std::array<Part, Parts> part_of;
    void (*append_key)(const void*, std::string&);

    [[nodiscard]] constexpr Table plain() const { return {name, key, columns, indexes, part_of, append_key}; }
};

/// The members hold the key of a row of `whole`, and this row goes when that one goes.
template <auto... Members, class Row, std::size_t Columns, std::size_t Indexes, std::size_t Parts>
consteval Part part_of(const Declared<Row, Columns, Indexes, Parts>& whole)
{
    if (whole.key.size() != sizeof...(Members)) throw "a part names all of the whole's primary key";
    Part part{.whole = whole.name};
    ((part.columns[part.count] = detail::name_of_member<Members>(),
      part.whole_columns[part.count] = whole.key[part.count],
      ++part.count),
     ...);
    return part;
}

/// The same for a whole that this header cannot know, or by other columns than its key.
template <auto... Members>
consteval Part part_of(std::string_view whole, std::array<std::string_view, sizeof...(Members)> whole_columns)
{
    Part part{.whole = whole};
    ((part.columns[part.count] = detail::name_of_member<Members>(),
      part.whole_columns[part.count] = whole_columns[part.count],
      ++part.count),
     ...);
    return part;
}

namespace detail {
/// Throws what is wrong with a declared table as a whole.
template <class Made>
consteval void check_table(const Made& made)
{
    for (const auto& each : made.columns) {
        if (each.name == "workspace_id" && made.key[0] != "workspace_id")
            throw "a table of a workspace has workspace_id first in its primary key";
        if (!each.personal || each.personal->keep.period.count() == 0) continue;
        bool is_counted_from_instant = false;
        for (const auto& other : made.columns)
            if (other.name == each.personal->keep.since) is_counted_from_instant = other.kind == Kind::instant;
        if (!is_counted_from_instant) throw "a period counts from a point in time of the same row";
    }
}
} // namespace detail

template <class Row, auto... Key, class... Says>
consteval auto table(std::string_view name, const PrimaryKey<Key...>&, const Says&... says)
{
    constexpr std::size_t columns = (std::is_same_v<Says, Column> + ...);
    constexpr std::size_t indexes = (std::is_same_v<Says, Index> + ... + 0);
    constexpr std::size_t parts = (std::is_same_v<Says, Part> + ... + 0);
    static_assert(
        columns == boost::mp11::mp_size<json::Members<Row>>::value, "every member of the row is declared as a column"
    );
    Declared<Row, columns, indexes, parts>
        made{name, PrimaryKey<Key...>::names, {}, {}, {}, &PrimaryKey<Key...>::template append<Row>};
    std::size_t next_column = 0;
    std::size_t next_index = 0;
    std::size_t next_part = 0;
    const auto add = [&](const auto& said) {
        using Said = std::decay_t<decltype(said)>;
        if constexpr (std::is_same_v<Said, Column>)
            made.columns[next_column++] = said;
        else if constexpr (std::is_same_v<Said, Index>)
            made.indexes[next_index++] = said;
        else
            made.part_of[next_part++] = said;
    };
    (add(says), ...);

    // Columns stand in the order of the members, so that binding is a walk over both.
    std::size_t at = 0;
    boost::mp11::mp_for_each<json::Members<Row>>([&](auto member) {
        if (made.columns[at++].name != std::string_view(member.name)) throw "columns stand in the order of the members";
    });
    detail::check_table(made);
    return made;
}

/// The table of a row type: each room says `template <> inline constexpr const Table& table_of<Row> = ...` beside the
/// row.
template <class Row>
inline constexpr const Table* table_of = nullptr;

// ---- deriving

/// `CREATE TABLE` and its indexes, as separate statements, for both databases. What exists is left as it is.
std::vector<std::string> create_statements(const Table&);

/// Adds a nullable column to a table that was made without it.
std::vector<std::string> add_column_statements(const Table&, const Column&);

/// What SQLite's planner is told of the indexes from the start, as of a full database: it otherwise takes a table for
/// small, and walks a workspace where a project's index stands ready.
std::vector<std::string> statistics_statements(const Table&);

} // namespace dialpine::store
