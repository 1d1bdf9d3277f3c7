#include "people/workspaces.hpp"
#include "work/attachments.hpp"

#include "privacy/export.hpp"
#include "privacy/retention.hpp"
#include "privacy/unzipped.hpp"
#include "store/keys.hpp"
#include "store/orphans.hpp"
#include "support/sanitized.hpp"
#include "support/server.hpp"

#include <sys/resource.h>

#include <boost/json.hpp>

namespace dialpine::work {
namespace {
using support::Answer;
using support::Client;
using support::expect;
using support::Json;
using support::Sent;

/// A picture that a browser would show: one dot, with a comment and the place.
std::string png()
{
    const auto chunk = [](const std::string& head, const std::string& content, const std::string& sum) {
        return head + content + sum;
    };
    return std::string("\x89PNG\r\n\x1a\n", 8) +
           chunk(
               std::string("\0\0\0\x0dIHDR", 8),
               std::string("\0\0\0\1\0\0\0\1\x08\6\0\0\0", 13),
               std::string("\x1f\x15\xc4\x89", 4)
           ) +
           chunk(std::string("\0\0\0\x12tEXt", 8), std::string("Comment\0CANARYplace", 18), "sum!") +
           chunk(
               std::string("\0\0\0\x0dIDAT", 8),
               std::string("x\x9c"
                           "c\xf8\xcf\xc0\xf0\x1f\0\5\0\1\xff",
                           13),
               std::string("\x56\xc7\x2f\x0d", 4)
           ) +
           std::string("\0\0\0\0IEND\xae\x42\x60\x82", 12);
}

class Attachments : public support::Furnished {
protected:
    static Sent upload_of(const std::string& path, const std::string& name, const std::string& content)
    {
        const std::string body = "--limit\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + name +
                                 "\"\r\nContent-Type: text/html\r\n\r\n" + content + "\r\n--limit--\r\n";
        return {
            "POST",
            "/api/v1" + path + "/attachments",
            body,
            {{"Content-Type", "multipart/form-data; boundary=limit"}}
        };
    }
    Answer uploaded(support::Somebody& who, const std::string& name, const std::string& content)
    {
        auto answer = who.client.send(upload_of(task_path(paint), name, content));
        EXPECT_EQ(answer.status, 201) << answer.body;
        return answer;
    }
    std::string of(const Answer& file) const { return pine + "/attachments/" + file.text("/id"); }
    Answer content_of(const Answer& file, std::vector<http::Header> headers = {})
    {
        return mia.client.send(support::get(of(file) + "/file", std::move(headers)));
    }
    std::int64_t count() { return mia.client.get(task_path(paint)).number("/attachment_count"); }
    std::size_t blobs() { return database().blobs().all().size(); }
    std::filesystem::path blob(const Answer& file) const
    {
        const auto name = file.text("/id");
        return folder.path() / "blobs" / name.substr(34) / name;
    }

    Answer paint = task("Paint");
};

TEST_F(Attachments, AreGivenBackAsTheyWereUploaded)
{
    const auto file = uploaded(max, "Wall colours.txt", "red, CANARYcontent and blue");
    EXPECT_EQ(file.text("/name"), "Wall colours.txt");
    EXPECT_EQ(file.text("/media_type"), "text/plain");
    EXPECT_EQ(file.number("/size"), 27);
    EXPECT_EQ(file.text("/uploaded_by"), to_text(max.id));
    EXPECT_EQ(file.text("/metadata"), "untouched");
    EXPECT_EQ(file.header("location"), "/api/v1" + of(file));
    EXPECT_EQ(mia.client.get(of(file)).body, file.body);
    EXPECT_EQ(mia.client.get(task_path(paint) + "/attachments").at("/items/0"), file.json());
    EXPECT_EQ(count(), 1);
    EXPECT_EQ(mia.client.get(web + "/board").number("/tasks/0/attachments"), 1);

    const auto content = content_of(file);
    EXPECT_EQ(content.status, 200);
    EXPECT_EQ(content.body, "red, CANARYcontent and blue");
    EXPECT_EQ(content.header("content-length"), "27");
    EXPECT_EQ(content.header("content-type"), "application/octet-stream");
    EXPECT_EQ(
        content.header("content-disposition"),
        "attachment; filename=\"Wall colours.txt\"; filename*=UTF-8''Wall%20colours.txt"
    );
    EXPECT_EQ(content.header("content-security-policy"), "sandbox; default-src 'none'");
    EXPECT_EQ(content.header("etag"), '"' + file.text("/id") + '"');
    EXPECT_EQ(content_of(file, {{"If-None-Match", content.header("etag")}}).status, 304);
    EXPECT_EQ(gus.client.get(of(file) + "/file").body, content.body) << "guests read";
}

TEST_F(Attachments, AreTakenAsTheBodyItselfToo)
{
    const auto file = max.client.send(
        {"POST", "/api/v1" + task_path(paint) + "/attachments?name=notes%20%C3%A4.md", "# Notes", {}}
    );
    ASSERT_EQ(file.status, 201) << file.body;
    EXPECT_EQ(file.text("/name"), "notes ä.md");
    EXPECT_EQ(content_of(file).body, "# Notes");
    EXPECT_EQ(
        content_of(file).header("content-disposition"),
        "attachment; filename=\"notes __.md\"; filename*=UTF-8''notes%20%C3%A4.md"
    );
}

TEST_F(Attachments, LieSealedOnTheDiskWithTheirNames)
{
    const auto file = uploaded(max, "CANARYname.txt", std::string(200'000, 'x') + "CANARYcontent");
    database().checkpoint();
    for (const std::string canary : {"CANARYname", "CANARYcontent"})
        EXPECT_TRUE(support::files_with(folder.path(), canary).empty()) << canary;
    EXPECT_EQ(blobs(), 1U);
    EXPECT_EQ(content_of(file).body.substr(200'000), "CANARYcontent");
}

TEST_F(Attachments, AreReadInRanges)
{
    std::string text;
    for (int i = 0; text.size() < 300'000; ++i) text += fmt::format("{};", i);
    const auto file = uploaded(max, "numbers.txt", text);
    const auto size = text.size();
    const std::string etag = '"' + file.text("/id") + '"';
    struct Wish {
        std::string range;
        std::size_t from, count;
    };
    for (const auto& [range, from, count] : {
             Wish{"bytes=0-0", 0, 1},
             Wish{"bytes=65530-65545", 65530, 16},
             Wish{"bytes=131072-", 131072, size - 131072},
             Wish{"bytes=-5", size - 5, 5},
             Wish{fmt::format("bytes={}-999999999", size - 1), size - 1, 1},
             Wish{"bytes=-999999999", 0, size},
         }) {
        const auto answer = content_of(file, {{"Range", range}});
        EXPECT_EQ(answer.status, 206) << range;
        EXPECT_EQ(answer.body, text.substr(from, count)) << range;
        EXPECT_EQ(answer.header("content-range"), fmt::format("bytes {}-{}/{}", from, from + count - 1, size));
    }
    for (const auto* range : {"bytes=5-2", "bytes=a-b", "lines=1-2", "bytes=", "bytes=-", "bytes=0-1,5-6"}) {
        const auto answer = content_of(file, {{"Range", range}});
        EXPECT_EQ(answer.status, 200) << range;
        EXPECT_EQ(answer.body.size(), size) << range;
    }
    for (const auto& range : {fmt::format("bytes={}-", size), std::string("bytes=-0")}) {
        const auto answer = content_of(file, {{"Range", range}});
        EXPECT_EQ(answer.status, 416) << range;
        EXPECT_EQ(answer.header("content-range"), fmt::format("bytes */{}", size));
    }
    EXPECT_EQ(content_of(file, {{"Range", "bytes=0-4"}, {"If-Range", etag}}).status, 206);
    EXPECT_EQ(content_of(file, {{"Range", "bytes=0-4"}, {"If-Range", "\"another\""}}).status, 200);
    const auto head = mia.client.send({"HEAD", "/api/v1" + of(file) + "/file", {}, {}});
    EXPECT_EQ(head.header("content-length"), std::to_string(size));
}

TEST_F(Attachments, ThatWereChangedOnTheDiskAreNotGivenOut)
{
    const auto file = uploaded(max, "a.txt", std::string(100'000, 'a'));
    const auto other = uploaded(max, "b.txt", std::string(100'000, 'b'));
    const auto bytes = support::bytes_of(blob(file));
    std::ofstream(blob(file), std::ios::binary) << support::bytes_of(blob(other));
    const auto swapped = content_of(file);
    EXPECT_EQ(swapped.status, 500);
    EXPECT_NE(swapped.body.find("/problems/file-damaged"), std::string::npos);
    EXPECT_EQ(swapped.body.find("bbb"), std::string::npos);
    std::ofstream(blob(file), std::ios::binary) << bytes.substr(0, 70'000);
    EXPECT_EQ(content_of(file).status, 500) << "cut short";
    std::ofstream(blob(file), std::ios::binary) << bytes;
    EXPECT_EQ(content_of(file).status, 200);
    std::filesystem::remove(blob(file));
    EXPECT_EQ(content_of(file).status, 500);
    EXPECT_EQ(content_of(other).status, 200);
}

TEST_F(Attachments, AreNeverShownAsAPageOrRun)
{
    const std::string html = "<!DOCTYPE html><html><script>alert(1)</script></html>";
    const std::string svg = "<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\"><script>1</script></svg>";
    for (const auto& [name, content] :
         {std::pair<std::string, std::string>{"page.html", html},
          {"picture.svg", svg},
          {"picture.png", html},
          {"x.pdf", "%PDF-1.4"}}) {
        const auto answer = content_of(uploaded(max, name, content));
        EXPECT_TRUE(answer.header("content-disposition").starts_with("attachment;")) << name;
        EXPECT_EQ(answer.header("content-type"), "application/octet-stream") << name;
        EXPECT_EQ(answer.header("content-security-policy"), "sandbox; default-src 'none'") << name;
        EXPECT_EQ(answer.body, content) << name;
    }
    const auto picture = uploaded(max, "evil.html", png());
    EXPECT_EQ(picture.text("/media_type"), "image/png") << "by its content";
    EXPECT_TRUE(picture.at("/is_picture").as_bool());
    const auto shown = content_of(picture);
    EXPECT_TRUE(shown.header("content-disposition").starts_with("inline;"));
    EXPECT_EQ(shown.header("content-type"), "image/png");
}

TEST_F(Attachments, PicturesLoseWhatTheySayBesides)
{
    const auto picture = uploaded(max, "dot.png", png());
    EXPECT_EQ(picture.text("/metadata"), "removed");
    const auto shown = content_of(picture).body;
    EXPECT_EQ(shown.find("CANARY"), std::string::npos);
    EXPECT_EQ(shown.size(), png().size() - 30) << "the block of text, and nothing else";
    EXPECT_EQ(picture.number("/size"), static_cast<std::int64_t>(shown.size()));
    const auto broken = uploaded(max, "broken.png", png().substr(0, 60));
    EXPECT_EQ(broken.text("/metadata"), "kept") << "what could not be taken out is said";
}

TEST_F(Attachments, HaveNamesThatHarmNobody)
{
    const std::vector<std::pair<std::string, std::string>> names{
        {"../../etc/passwd", "passwd"},
        {"C:\\\\temp\\\\evil.exe", "evil.exe"},
        {"a\u202egnp.exe", "agnp.exe"},
        {"line\tfeed.txt", "linefeed.txt"},
        {"say %22hello%22.txt", "say \"hello\".txt"},
        {"%0D%0ASet-Cookie: x=1", "Set-Cookie: x=1"},
        {"", "file"},
        {"..", "file"},
        {"   ", "file"},
        {std::string(300, 'x') + ".jpeg", std::string(195, 'x') + ".jpeg"},
    };
    for (const auto& [sent, kept] : names) {
        const auto file = uploaded(max, sent, "x");
        EXPECT_EQ(file.text("/name"), kept);
        const auto answer = content_of(file);
        EXPECT_EQ(answer.status, 200);
        EXPECT_EQ(answer.header("set-cookie"), "");
        EXPECT_EQ(answer.header("content-disposition").find('\n'), std::string::npos);
    }
    EXPECT_EQ(
        content_of(uploaded(max, "say %22hello%22.txt", "x")).header("content-disposition"),
        "attachment; filename=\"say _hello_.txt\"; filename*=UTF-8''say%20%22hello%22.txt"
    );
    expect({"no UTF-8", max.client, upload_of(task_path(paint), "a\xff", "x"), 422, {}, "/file"});
    expect(
        {"no UTF-8 in a query",
         max.client,
         {"POST", "/api/v1" + task_path(paint) + "/attachments?name=%ff", "x", {}},
         400}
    );
}

TEST_F(Attachments, AreRefusedWithoutLeavingAnything)
{
    const auto path = task_path(paint);
    const auto before = contents();
    expect({"a guest", gus.client, upload_of(path, "a.txt", "x"), 403});
    expect({"elsewhere", eve.client, upload_of(path, "a.txt", "x"), 404});
    expect({"to nothing", max.client, upload_of(pine + "/tasks/" + to_text(new_uuid()), "a.txt", "x"), 404});
    expect({"an empty file", max.client, upload_of(path, "a.txt", ""), 422, {}, "/file"});
    auto other_part = upload_of(path, "a.txt", "x");
    other_part.body.replace(other_part.body.find("name=\"file\""), 11, "name=\"text\"");
    expect({"no part `file`", max.client, other_part, 422, {}, "/file"});
    auto cut = upload_of(path, "a.txt", "x");
    cut.body.resize(cut.body.size() - 10);
    expect({"a body cut short", max.client, cut, 400});
    expect({"an unknown parameter", max.client, {"POST", "/api/v1" + path + "/attachments?nam=x", "x", {}}, 422, {}, "?nam"});
    EXPECT_EQ(contents(), before);
    EXPECT_EQ(blobs(), 0U);
    for (const auto& entry : std::filesystem::directory_iterator(folder / "spool")) ADD_FAILURE() << entry.path();
}

TEST_F(Attachments, OfOneHundredMegabytesAreTakenInLittleMemoryAndNoLarger)
{
    const auto memory = [] {
        rusage about{};
        ::getrusage(RUSAGE_SELF, &about);
        return about.ru_maxrss; // kilobytes, at the most so far
    };
    std::string content(most_file_bytes, 'x');
    content += 'y'; // too large by one
    const std::string target = "/api/v1" + task_path(paint) + "/attachments?name=large.bin";
    Sent sent{"POST", target, std::move(content), {}};
    expect({"one byte too many", max.client, sent, 413});
    EXPECT_EQ(blobs(), 0U);
    sent.body.pop_back();
    const auto before = memory();
    const auto file = max.client.send(sent);
    ASSERT_EQ(file.status, 201) << file.body;
    EXPECT_EQ(file.number("/size"), static_cast<std::int64_t>(most_file_bytes));
    // The request's own copy was in memory before; the server, which runs in this process, adds pieces only.
    if (!support::is_sanitized()) EXPECT_LT(memory() - before, 40 * 1024) << "kilobytes for 100 MB";
    const auto end = content_of(file, {{"Range", "bytes=-10"}});
    EXPECT_EQ(end.body, "xxxxxxxxxx");
}

TEST_F(Attachments, AreRemovedByWhoUploadedThemAndAdminsAndTakenBack)
{
    const auto file = uploaded(max, "a.txt", "x");
    support::Somebody maya = somebody("Maya Example", "maya@dialpine.example");
    join(maya, pine, people::Role::member);
    expect({"another member", maya.client, support::del(of(file)), 403});
    expect({"a guest", gus.client, support::del(of(file)), 403});
    expect({"who uploaded it", max.client, support::del(of(file)), 204});
    EXPECT_EQ(count(), 0);
    expect({"which is gone", mia.client, support::get(of(file)), 404});
    expect({"and its content", mia.client, support::get(of(file) + "/file"), 404});
    EXPECT_EQ(mia.client.get(task_path(paint) + "/attachments").size("/items"), 0U);
    EXPECT_EQ(blobs(), 1U) << "it waits in the trash";
    expect({"back by a guest", gus.client, support::post(of(file) + "/restoration", Json(boost::json::object())), 403});
    EXPECT_EQ(ada.client.post(of(file) + "/restoration").text("/name"), "a.txt");
    EXPECT_EQ(count(), 1);
    EXPECT_EQ(content_of(file).body, "x");
    expect({"an admin", ada.client, support::del(of(file)), 204});
}

TEST_F(Attachments, AreToldToOpenPages)
{
    const auto file = uploaded(max, "a.txt", "x");
    ASSERT_EQ(max.client.del(of(file)).status, 204);
    const auto changes = mia.client.get(pine + "/changes?after=0&limit=200").json().at("items").as_array();
    const auto last = [&](std::size_t back) { return changes.at(changes.size() - back).at("kind").as_string(); };
    EXPECT_EQ(last(2), "attachment.created");
    EXPECT_EQ(last(1), "attachment.deleted");
}

TEST_F(Attachments, GoForGoodWithTheirBlobsAfterThirtyDaysInTheTrash)
{
    support::MovedClock clock;
    const auto kept = uploaded(max, "kept.txt", "x");
    const auto file = uploaded(max, "a.txt", "x");
    const auto on_deleted_task = task("Gone");
    ASSERT_EQ(max.client.send(upload_of(task_path(on_deleted_task), "b.txt", "x")).status, 201);
    ASSERT_EQ(max.client.del(of(file)).status, 204);
    ASSERT_EQ(max.client.del(task_path(on_deleted_task)).status, 204);
    const auto retain = [&] {
        database().write([](store::Write& write) { privacy::enforce_retention(write, clock_now()); });
    };
    clock.advance(std::chrono::days{30} - std::chrono::seconds{60});
    retain();
    EXPECT_EQ(blobs(), 3U);
    clock.advance(std::chrono::seconds{120});
    retain();
    EXPECT_EQ(blobs(), 1U);
    EXPECT_EQ(database().blobs().all(), std::vector<Uuid>{*parse_uuid(kept.text("/id"))});
}

TEST_F(Attachments, StayForTheTeamWithoutTheNameWhenTheirUploaderIsErased)
{
    const auto file = uploaded(max, "CANARYname by Max.png", png());
    const auto before = content_of(file).body;
    ASSERT_EQ(max.client.del("/me", Json{{"password", support::password}}).status, 202);
    const auto after = mia.client.get(of(file));
    EXPECT_EQ(after.text("/name"), "attachment.png");
    EXPECT_TRUE(after.at("/uploaded_by").is_null());
    EXPECT_EQ(content_of(file).body, before);
    EXPECT_EQ(mia.client.get(task_path(paint) + "/attachments").size("/items"), 1U);
    EXPECT_EQ(
        database().read([](store::Read& read) {
            return store::query_one<std::int64_t>(
                       read, "SELECT count(*) FROM attachments WHERE name IS NOT NULL OR uploaded_by IS NOT NULL"
            )
                .value_or(-1);
        }),
        0
    );
}

TEST_F(Attachments, AreGoneWithTheirKeyWhenTheWorkspaceIsClosed)
{
    const auto file = uploaded(max, "a.txt", "CANARYcontent");
    const WorkspaceId workspace(*parse_uuid(pine.substr(pine.rfind('/') + 1)));
    ASSERT_TRUE(database().keys().find(workspace));
    ASSERT_EQ(mia.client.del(pine, Json{{"name", "Pine"}}).status, 204);
    EXPECT_EQ(blobs(), 0U);
    EXPECT_FALSE(database().keys().find(workspace));
}

TEST_F(Attachments, OfAClosedWorkspaceStayGoneWhenAnOlderBackupIsPutBack)
{
    uploaded(max, "a.txt", "CANARYcontent");
    const support::Folder backup;
    database().back_up_to(backup.path());
    ASSERT_EQ(mia.client.del(pine, Json{{"name", "Pine"}}).status, 204);
    const support::Folder restored;
    std::filesystem::copy(backup / "database", restored.path(), std::filesystem::copy_options::recursive);
    std::filesystem::copy(folder / "keys", restored / "keys");
    store::Database old({.folder = restored.path(), .is_durable = false});
    EXPECT_EQ(old.blobs().all().size(), 1U);
    EXPECT_EQ(people::finish_closings(old), 1);
    EXPECT_TRUE(old.blobs().all().empty());
    EXPECT_EQ(people::finish_closings(old), 0);
}

TEST_F(Attachments, ExportEqualsUpload)
{
    const std::string text = "red, green " + std::string(150'000, 'b');
    const auto file = uploaded(max, "Wall colours.txt", text);
    const auto removed = uploaded(max, "old.txt", "old");
    uploaded(ada, "by Ada.txt", "CANARY of Ada");
    ASSERT_EQ(max.client.del(of(removed)).status, 204);
    const auto job = max.client.post("/me/exports", {{"password", support::password}});
    ASSERT_EQ(job.status, 202) << job.body;
    const auto archive = max.client.get("/me/exports/" + job.text("/id") + "/file");
    ASSERT_EQ(archive.status, 200);
    EXPECT_TRUE(archive.header("content-length").empty()) << "it is made while it is fetched";
    const auto files = privacy::unzipped(archive.body);
    EXPECT_EQ(files.size(), 5U);
    EXPECT_EQ(files.at("files/" + file.text("/id") + "/Wall colours.txt"), text);
    EXPECT_EQ(files.at("files/" + removed.text("/id") + "/old.txt"), "old") << "what waits in the trash is held, too";
    const auto row = support::parsed(files.at("my-data.json")).at("rows").at("attachments").at(0);
    EXPECT_EQ(row.at("name"), Json("Wall colours.txt"));
    EXPECT_EQ(row.at("media_type"), Json("text/plain"));
    EXPECT_EQ(row.at("size"), Json(static_cast<std::int64_t>(text.size())));
    EXPECT_FALSE(row.as_object().contains("wrapped_key"));
    for (const auto& [name, content] : files) EXPECT_EQ(content.find("CANARY of Ada"), std::string::npos) << name;
}

TEST_F(Attachments, OfADamagedFileLeaveTheRestOfAnExport)
{
    const auto first = uploaded(max, "a.txt", std::string(200'000, 'a'));
    const auto second = uploaded(max, "b.txt", "whole");
    auto bytes = support::bytes_of(blob(first));
    bytes[100'000] = static_cast<char>(bytes[100'000] ^ 1);
    std::ofstream(blob(first), std::ios::binary) << bytes;
    const auto files = privacy::unzipped(database().read([&](store::Read& read) {
        return privacy::export_person(read, max.id);
    }));
    EXPECT_TRUE(files.contains("files/" + first.text("/id") + "/DAMAGED.txt"));
    EXPECT_EQ(files.at("files/" + second.text("/id") + "/b.txt"), "whole");
}

TEST_F(Attachments, OfATaskAreNotMoreThanItsLimit)
{
    database().write([&](store::Write& write) {
        for (std::int64_t i = 0; i < most_files_of_task; ++i)
            store::insert(
                write,
                Attachment{
                    .workspace_id = WorkspaceId(*parse_uuid(pine.substr(pine.rfind('/') + 1))),
                    .id = AttachmentId::make(),
                    .task_id = TaskId(*parse_uuid(paint.text("/id"))),
                    .media_type = "text/plain",
                    .size = 1,
                    .wrapped_key = "none",
                }
            );
    });
    expect({"one more", max.client, upload_of(task_path(paint), "a.txt", "x"), 409, {}, {}, "too-many-files"});
    EXPECT_EQ(blobs(), 0U) << "its blob is gone again";
}

TEST_F(Attachments, WhoseRowsNeverCameGoAtTheNextStart)
{
    const auto file = uploaded(max, "a.txt", "x");
    auto& store = database().blobs();
    const auto id = new_uuid();
    auto writer = store.write(id, crypto::Key::random(), 5);
    writer.append("stray");
    writer.finish();
    EXPECT_EQ(blobs(), 2U);
    EXPECT_EQ(store::remove_orphan_blobs(database()), 1);
    EXPECT_EQ(content_of(file).body, "x");
}

} // namespace
} // namespace dialpine::work
