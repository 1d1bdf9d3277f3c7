#include "base/text.hpp"
#include "privacy/catalogue.hpp"

namespace dialpine::privacy {

using store::Column;
using store::Kind;
using store::Table;

namespace {
/// Where a sealed value stands, in the place of the row that the declarations' functions are given otherwise.
struct Place {
    std::string key;
    PersonId person;
};

/// The same bytes as `store::PrimaryKey::append` makes of a row.
void append_key_part(std::string& key, const AnyRow& row, const Column& column)
{
    if (column.kind == Kind::id || column.kind == Kind::digest)
        key += row.bytes(column);
    else if (column.kind == Kind::boolean)
        key += row.text(column) == "yes" ? "1|" : "0|";
    else
        key += row.text(column) + "|";
}
} // namespace

int AnyRow::index_of(const Column& column) const { return static_cast<int>(&column - table_.columns.data()); }

bool AnyRow::is_null(const Column& column) const { return statement_.is_null(index_of(column)); }

std::string_view AnyRow::bytes(const Column& column) const { return statement_.blob(index_of(column)); }

std::optional<Instant> AnyRow::instant(const Column& column) const
{
    return store::value_at<std::optional<Instant>>(statement_, index_of(column));
}

PersonId AnyRow::person(std::string_view subject_column) const
{
    return store::value_at<std::optional<PersonId>>(statement_, index_of(*table_.find_column(subject_column)))
        .value_or(PersonId{});
}

/// Calls `use` with the table, the column and the place that a sealed value of this row is bound to.
template <class Use>
std::string AnyRow::in_place(const Column& column, Use use) const
{
    Place place{{}, person(column.personal->of.column)};
    for (const auto& name : table_.key) append_key_part(place.key, *this, *table_.find_column(name));
    Table table = table_;
    table.append_key = [](const void* row, std::string& out) { out += static_cast<const Place*>(row)->key; };
    Column sealed = column;
    sealed.personal->of.person_of = [](const void* row) { return static_cast<const Place*>(row)->person; };
    return use(table, sealed, &place);
}

std::string AnyRow::open(const Column& column) const
{
    return in_place(column, [&](const Table& table, const Column& sealed, const void* place) {
        return store::detail::unseal(read_, table, sealed, place, bytes(column));
    });
}

std::string AnyRow::seal(const Column& column, std::string_view plain) const
{
    return in_place(column, [&](const Table& table, const Column& sealed, const void* place) {
        return store::detail::seal(read_, table, sealed, place, plain);
    });
}

std::string AnyRow::text(const Column& column) const
{
    if (is_null(column)) return {};
    if (column.is_sealed) return open(column);
    const int index = index_of(column);
    switch (column.kind) {
    case Kind::boolean: return statement_.integer(index) ? "yes" : "no";
    case Kind::integer: return std::to_string(statement_.integer(index));
    case Kind::real: return fmt::format("{}", statement_.real(index));
    case Kind::instant: return to_text(*instant(column));
    case Kind::id: return to_text(store::value_at<Uuid>(statement_, index));
    case Kind::digest: return to_hex(bytes(column));
    case Kind::day:
    case Kind::text:
    case Kind::choice: return std::string(statement_.text(index));
    }
    return {};
}

void AnyRow::write(json::Writer& out, const Column& column) const
{
    const int index = index_of(column);
    out.key(column.name);
    if (is_null(column))
        out.null();
    else if (column.kind == Kind::boolean)
        out.value(statement_.integer(index) != 0);
    else if (column.kind == Kind::integer)
        out.value(statement_.integer(index));
    else if (column.kind == Kind::real)
        out.value(statement_.real(index));
    else
        out.value(text(column));
}

void walk(
    const store::Read& read,
    const Table& table,
    std::string_view tail,
    const std::function<void(store::Statement&)>& bind,
    const std::function<void(const AnyRow&)>& each
)
{
    store::Statement& statement = read.prepare(store::detail::select_sql_of(table, tail));
    const store::Using using_statement(statement);
    bind(statement);
    while (statement.step()) each(AnyRow(read, table, statement));
}

} // namespace dialpine::privacy
