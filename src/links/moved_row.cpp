#include "links/moved_row.hpp"

#include "links/export_archive.hpp"
#include "links/moved_columns.hpp"
#include "privacy/row_lines.hpp"
#include "work/mentions.hpp"

#include <limits>

namespace dialpine::links {
namespace {
using store::Column;
using store::Kind;
using store::Table;
using Value = MovedRow::Value;

/// Reads one member of a line.
class Member {
public:
    Member(const Table& table, const Column& column, const MoveTarget& target, const std::string& where)
        : table_(table), column_(column), target_(target), where_(where)
    {
    }

    [[nodiscard]] Value read(const json::Node& node) const
    {
        if (node.is_null()) return absent();
        switch (column_.kind) {
        case Kind::boolean: return std::int64_t{*needed(node.as_boolean(), "must be true or false") ? 1 : 0};
        case Kind::integer: return *needed(node.as_integer(), "must be a whole number");
        case Kind::real: return *needed(node.as_number(), "must be a number");
        case Kind::instant: {
            const auto instant = parse_instant(*needed(node.as_text(), "must be a point in time"));
            return std::int64_t{needed(instant, "must be a point in time")->time_since_epoch().count()};
        }
        case Kind::day: {
            const auto text = *needed(node.as_text(), "must be a day");
            needed(parse_day(text), "must be a day");
            return std::string(text);
        }
        case Kind::id: return id(node);
        case Kind::choice:
        case Kind::text: return text(*needed(node.as_text(), "must be a string"));
        case Kind::digest: break;
        }
        refuse("is not moved");
    }

    [[nodiscard]] Value absent() const
    {
        if (!column_.is_nullable) refuse("is required");
        return {};
    }

private:
    [[noreturn]] void refuse(std::string_view what) const
    {
        refuse_archive(fmt::format("{}/{}", where_, column_.name), what);
    }
    template <class T>
    std::optional<T> needed(std::optional<T> value, std::string_view wrong) const
    {
        if (!value) refuse(wrong);
        return value;
    }

    [[nodiscard]] Value text(std::string_view text) const
    {
        if (const auto wrong = wrong_value(table_, column_, text); !wrong.empty()) refuse(wrong);
        if (text.find("@[") == std::string_view::npos) return std::string(text);
        return work::with_mentions(text, [this](PersonId person) {
            const bool is_known = target_.people.contains(person);
            return fmt::format("@[{}]", to_text(is_known ? target_.ids(person) : static_cast<const Uuid&>(person)));
        });
    }

    [[nodiscard]] Value id(const json::Node& node) const
    {
        const auto uuid = *needed(parse_uuid(*needed(node.as_text(), "must be an id")), "must be an id");
        if (column_.name == privacy::workspace_column(table_)) {
            if (uuid != target_.from) refuse("is another workspace's");
            return static_cast<const Uuid&>(target_.to);
        }
        // The workspace as the thing that a row is about.
        if (uuid == target_.from) return static_cast<const Uuid&>(target_.to);
        const bool is_person = column_.personal && column_.personal->of.column == column_.name;
        if (is_person && !target_.people.contains(PersonId(uuid))) {
            // Somebody of whom even the name was gone when the export was made.
            if (column_.is_nullable) return {};
            refuse("is nobody in people.jsonl");
        }
        return target_.ids(uuid);
    }

    const Table& table_;
    const Column& column_;
    const MoveTarget& target_;
    const std::string& where_;
};

void bind(store::Statement& statement, int parameter, const Value& value)
{
    if (const auto* number = std::get_if<std::int64_t>(&value))
        statement.bind(parameter, *number);
    else if (const auto* real = std::get_if<double>(&value))
        statement.bind(parameter, *real);
    else if (const auto* text = std::get_if<std::string>(&value))
        statement.bind_text(parameter, *text);
    else if (const auto* id = std::get_if<Uuid>(&value))
        store::bind_value(statement, parameter, *id);
    else
        statement.bind_null(parameter);
}
} // namespace

MovedIds::MovedIds() = default;

Uuid MovedIds::operator()(const Uuid& old) const
{
    const auto digest = crypto::keyed_hash(key_, {reinterpret_cast<const char*>(old.bytes.data()), old.bytes.size()});
    Uuid made = old; // the front half is the time, by which things are in order
    std::copy_n(digest.begin(), 8, made.bytes.begin() + 8);
    made.bytes[6] = static_cast<std::uint8_t>(0x70 | (made.bytes[6] & 0x0f));
    made.bytes[8] = static_cast<std::uint8_t>(0x80 | (made.bytes[8] & 0x3f));
    return made;
}

MovedRow::MovedRow(const Table& table, const MoveTarget& target, std::string_view line, const std::string& where)
    : table_(table), values_(table.columns.size())
{
    std::unique_ptr<json::Document> document;
    try {
        document = std::make_unique<json::Document>(line);
    } catch (const Problem&) {
        refuse_archive(where, "is not JSON");
    }
    std::vector<FieldError> unused;
    const json::Node node(document->root(), "", unused);
    if (!node.is_object()) refuse_archive(where, "must be an object");
    std::size_t known = 0;
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        const auto& column = table.columns[i];
        const auto member = node.member(column.name);
        if (!privacy::belongs_to_team(column)) {
            if (member) refuse_archive(fmt::format("{}/{}", where, column.name), "is not moved");
            continue;
        }
        const Member reader(table, column, target, where);
        // A column that the exporting version did not have yet.
        values_[i] = member ? reader.read(*member) : reader.absent();
        known += member ? 1 : 0;
    }
    if (known == node.size()) return;
    for (const auto name : node.member_names())
        if (!table.find_column(name))
            refuse_archive(fmt::format("{}/{}", where, first_characters(name, 80)), "is not a known member");
    refuse_archive(where, "has a member twice");
}

void MovedRow::insert(store::Write& write) const
{
    auto& statement = write.prepare(store::detail::insert_sql_of(table_));
    const store::Using using_statement(statement);
    int parameter = 1;
    for (std::size_t i = 0; i < values_.size(); ++i) {
        bind(statement, parameter++, values_[i]);
        if (table_.columns[i].is_looked_up) statement.bind_null(parameter++);
    }
    statement.step();
}

const MovedRow::Value& MovedRow::value(std::string_view column) const
{
    return values_[static_cast<std::size_t>(table_.find_column(column) - table_.columns.data())];
}

void MovedRow::set(std::string_view column, Value value)
{
    values_[static_cast<std::size_t>(table_.find_column(column) - table_.columns.data())] = std::move(value);
}

} // namespace dialpine::links
