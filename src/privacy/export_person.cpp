#include "privacy/archive_seal.hpp"
#include "privacy/catalogue.hpp"
#include "privacy/export.hpp"
#include "privacy/my_data_html.hpp"
#include "privacy/zip.hpp"

namespace dialpine::privacy {
namespace {
using store::Table;

constexpr std::string_view readme = R"(My data in DialPine

my-data.html  for reading and printing; opens in any browser and loads nothing from elsewhere.
my-data.json  the same for programs, UTF-8:
  categories  what is held, by category: where it came from, what it is used for, on which lawful basis, how long it is
              kept, what happens to it when you erase your account, and every value.
  rows        the rows behind it, by table, with ids and times, so that another program can read them in.

Left out: hashes of your password and of sign-in tokens, which are counted but never given out, and what your colleagues
wrote. "you" stands for your own number, which is person_id.
)";

void write_row(json::Writer& out, const AnyRow& row, PersonId person)
{
    out.begin_object();
    for (const auto& column : row.table().columns)
        if (column.kind != store::Kind::digest && may_read(row, column, person)) row.write(out, column);
    out.end_object();
}

void write_rows(json::Writer& out, const store::Read& read, PersonId person)
{
    out.begin_object();
    for (const Table* table : store::all_tables()) {
        const auto where = where_of_person(*table);
        if (where.empty()) continue;
        out.key(table->name);
        out.begin_array();
        const auto tail = fmt::format("WHERE {} {}", where, order_by_key(*table, false));
        walk_with(
            read, *table, tail, [&](const AnyRow& row) { write_row(out, row, person); }, person
        );
        out.end_array();
    }
    out.end_object();
}

std::string to_complete_json(const store::Read& read, const MyData& data)
{
    std::string text;
    json::Writer out(text);
    out.begin_object();
    out.member("generated_at", data.generated_at);
    out.member("person_id", static_cast<const Uuid&>(data.person_id));
    out.member("total", data.total);
    out.key("categories");
    json::write(out, data.categories);
    out.key("rows");
    write_rows(out, read, data.person_id);
    out.end_object();
    return text;
}
} // namespace

std::string export_person(const store::Read& read, PersonId person)
{
    const MyData data = my_data(read, person, every_value);
    std::string bytes;
    ArchiveSealer sealer(read.keys().signing_key(), [&](std::string_view piece) { bytes += piece; });
    constexpr int fast = 1; // the person waits for it
    Zip zip([&](std::string_view piece) { sealer.append(piece); }, fast);
    zip.add("README.txt", readme);
    zip.add("my-data.html", to_html(data));
    zip.add("my-data.json", to_complete_json(read, data));
    zip.close();
    sealer.finish();
    return bytes;
}

} // namespace dialpine::privacy
