#include "privacy/archive_seal.hpp"
#include "privacy/catalogue.hpp"
#include "privacy/export.hpp"
#include "privacy/my_data_html.hpp"
#include "privacy/zip.hpp"
#include "work/attachments.hpp"

namespace dialpine::privacy {
namespace {
using store::Table;

constexpr std::string_view readme = R"(My data in DialPine

my-data.html  for reading and printing; opens in any browser and loads nothing from elsewhere.
my-data.json  the same for programs, UTF-8:
  categories  what is held, by category: where it came from, what it is used for, on which lawful basis, how long it is
              kept, what happens to it when you erase your account, and every value.
  rows        the rows behind it, by table, with ids and times, so that another program can read them in.

files/        what you uploaded, each in a folder named by its id, as it is stored: pictures without place and camera.

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

/// A file that the person uploaded, with what opens it.
struct OwnFile {
    work::Attachment row;
    crypto::Key key;
    [[nodiscard]] std::string folder() const { return "files/" + to_text(row.id) + "/"; }
};
} // namespace

struct PersonExport::Inside {
    static constexpr int fast = 1; ///< the person waits for it
    std::string bytes;             ///< made and not fetched yet
    ArchiveSealer sealer;
    Zip zip{[this](std::string_view piece) { sealer.append(piece); }, fast};
    std::vector<OwnFile> files;
    std::size_t file = 0; ///< which is next or under way
    const store::Blobs& blobs;
    std::optional<store::BlobReader> reader; ///< of the one that is under way
    bool is_over = false;

    explicit Inside(const store::Read& read)
        : sealer(read.keys().signing_key(), [this](std::string_view piece) { bytes += piece; }), blobs(read.blobs())
    {
    }

    /// Makes some more of the archive.
    void go_on()
    {
        if (file == files.size()) {
            zip.close();
            sealer.finish();
            is_over = true;
            return;
        }
        const auto& now = files[file];
        try {
            if (!reader) {
                reader.emplace(blobs.read(now.row.id, now.key, static_cast<std::uint64_t>(now.row.size)));
                zip.begin(now.folder() + work::shown_name(now.row));
            }
            if (const auto piece = reader->next(); !piece.empty()) return zip.write(piece);
            zip.end();
        } catch (const store::Failure& failure) { // the rest of the archive is worth having
            if (reader) zip.end();
            zip.add(now.folder() + "DAMAGED.txt", failure.what());
        }
        reader.reset();
        ++file;
    }
};

PersonExport::PersonExport(const store::Read& read, PersonId person) : inside_(std::make_unique<Inside>(read))
{
    std::string missing;
    const auto rows = store::select<work::Attachment>(read, "WHERE uploaded_by = $1 ORDER BY workspace_id, id", person);
    for (const auto& row : rows) {
        try {
            inside_->files.push_back({row, work::key_of(read.keys(), row)});
        } catch (const store::Failure&) {
            missing += to_text(row.id) + "\n";
        }
    }
    const MyData data = my_data(read, person, every_value);
    auto& zip = inside_->zip;
    std::string text(readme);
    if (!missing.empty()) text += "\nThese files cannot be read on the server any more:\n" + missing;
    zip.add("README.txt", text);
    zip.add("my-data.html", to_html(data));
    zip.add("my-data.json", to_complete_json(read, data));
}

PersonExport::~PersonExport() = default;

std::string PersonExport::next()
{
    while (inside_->bytes.empty() && !inside_->is_over) inside_->go_on();
    return std::exchange(inside_->bytes, {});
}

std::string export_person(const store::Read& read, PersonId person)
{
    PersonExport archive(read, person);
    std::string bytes;
    for (std::string piece = archive.next(); !piece.empty(); piece = archive.next()) bytes += piece;
    return bytes;
}

} // namespace dialpine::privacy
