#include "command/command.hpp"
#include "store/statement.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <csignal>
#include <fstream>

namespace dialpine::command {
namespace {
using support::Answer;
using support::Client;
using support::Ended;
using support::Json;
using support::Process;
using support::run;
using support::Serving;
using support::Words;
namespace fs = std::filesystem;

TEST_F(Command, SaysWhatItIs)
{
    const auto version = run({"--version"}, folder.path());
    EXPECT_EQ(version.code, done);
    EXPECT_EQ(version.out, "dialpine " DIALPINE_VERSION "\n");
    const auto help = run({"--help"}, folder.path());
    EXPECT_EQ(help.code, done);
    for (const std::string command :
         {"serve", "import", "export", "erase", "backup", "restore", "keys", "user", "doctor"}) {
        EXPECT_NE(help.out.find(command), std::string::npos) << command;
        const auto each = run({command, "--help"}, folder.path());
        EXPECT_EQ(each.code, done) << command;
        EXPECT_FALSE(each.out.empty()) << command;
    }
    const auto serve = run({"serve", "--help"}, folder.path()).out;
    for (const std::string setting :
         {"--host", "--port", "--public-url", "--log-level", "--threads", "--sign-up", "DIALPINE_PORT", "8080"})
        EXPECT_NE(serve.find(setting), std::string::npos) << setting;
    EXPECT_FALSE(fs::exists(folder / "data")) << "asking for help makes nothing";
}

TEST_F(Command, RefusesWrongUse)
{
    const std::vector<Words> lines{
        {},
        {"fly"},
        {"serve", "--port", "eighty"},
        {"serve", "--port", "70000"},
        {"serve", "--sign-up", "nobody"},
        {"serve", "--colour", "red"},
        {"user"},
        {"user", "add"},
        {"user", "add", "mia@dialpine.example"},
        {"import", "trello", "x.json"},
        {"import", "abacus", "x.json"},
        {"export", "person", "mia@dialpine.example"},
        {"backup"},
        {"restore"},
        {"keys"},
    };
    for (const auto& words : lines) {
        const auto ended = run(words, folder.path());
        EXPECT_EQ(ended.code, wrong_use) << fmt::format("{}", fmt::join(words, " "));
        EXPECT_FALSE(ended.err.empty());
        EXPECT_EQ(ended.out, "");
    }
    EXPECT_EQ(on_data({"user", "add", "no address", "--name", "Mia Example"}).code, wrong_use);
    EXPECT_EQ(on_data({"user", "add", "mia@dialpine.example", "--name", ""}).code, wrong_use);
}

TEST_F(Command, MakesNoInstanceWhereTheFoldersNameIsASlip)
{
    const std::vector<Words> all{
        {"user", "list"}, {"backup", "--out", "x"}, {"keys", "status"}, {"log", "head"}, {"hold", "list"}};
    for (const auto& words : all) {
        const auto ended = on_data(words);
        EXPECT_EQ(ended.code, wrong_use) << words.front();
        EXPECT_NE(ended.err.find("There is no instance in"), std::string::npos) << ended.err;
        EXPECT_FALSE(fs::exists(data)) << words.front();
    }
}

TEST_F(Command, KeepsAccounts)
{
    const auto old_password = add("Mia Example", "mia@dialpine.example");
    add("Max Example", "max@dialpine.example");
    EXPECT_GE(old_password.size(), 20U);
    EXPECT_EQ(on_data({"user", "add", "MIA@dialpine.example", "--name", "Mia"}).code, failed);
    EXPECT_EQ(
        on_data({"user", "list"}).out,
        "mia@dialpine.example  Mia Example  (operator)\nmax@dialpine.example  Max Example\n"
    );
    const Json list = support::parsed(on_data({"user", "list", "--json"}).out);
    EXPECT_EQ(list.at(0).at("email"), Json("mia@dialpine.example"));

    Serving serving(data, folder.path());
    Client client(serving.port());
    EXPECT_EQ(sign_in(client, "mia@dialpine.example", old_password).status, 201);
    const auto reset = on_data({"user", "reset-password", "mia@dialpine.example"});
    EXPECT_EQ(reset.code, done) << reset.err;
    EXPECT_EQ(client.get("/me").status, 401) << "asked of the running server, it ends sessions at once";
    EXPECT_EQ(sign_in(client, "mia@dialpine.example", old_password).status, 401);
    EXPECT_EQ(sign_in(client, "mia@dialpine.example", password_in(reset)).status, 201);
    EXPECT_EQ(on_data({"user", "reset-password", "nobody@dialpine.example"}).code, failed);
}

TEST_F(Command, BringsBoardsInAndDataOut)
{
    const auto password = add("Mia Example", "mia@dialpine.example");
    std::string workspace;
    {
        Serving serving(data, folder.path());
        Client client(serving.port());
        ASSERT_EQ(sign_in(client, "mia@dialpine.example", password).status, 201);
        workspace = client.post("/workspaces", {{"name", "Pine"}}).text("/id");
        const auto imported = on_data({"import", "trello", board(), "--workspace", "Pine", "--json"});
        ASSERT_EQ(imported.code, done) << imported.err;
        const Json report = support::parsed(imported.out);
        EXPECT_GT(report.at("created").at("tasks").as_int64(), 0);
        EXPECT_EQ(client.get("/workspaces/" + workspace + "/projects").size("/items"), 1U);
    }
    const auto again = on_data({"import", "trello", board(), "--workspace", workspace, "--as", "mia@dialpine.example"});
    EXPECT_EQ(again.code, done) << again.err;
    EXPECT_EQ(again.out.find("created"), std::string::npos) << "the same board twice adds nothing twice: " << again.out;

    EXPECT_EQ(on_data({"import", "trello", board(), "--workspace", "Elsewhere"}).code, failed);
    EXPECT_EQ(on_data({"import", "trello", "nothing.json", "--workspace", "Pine"}).code, failed);
    EXPECT_EQ(
        on_data({"import", "trello", board(), "--workspace", "Pine", "--as", "nobody@dialpine.example"}).code, failed
    );

    const auto zip = folder / "out.zip";
    EXPECT_EQ(on_data({"export", "workspace", "Pine", "--out", zip.string()}).code, done);
    EXPECT_TRUE(support::bytes_of(zip).starts_with("PK"));
    EXPECT_EQ(fs::status(zip).permissions() & fs::perms::all, fs::perms::owner_read | fs::perms::owner_write);

    const auto moved = on_data({"import", "dialpine", zip.string(), "--workspace", "Pine again", "--json"});
    EXPECT_EQ(moved.code, done) << moved.err;
    EXPECT_TRUE(support::parsed(moved.out).at("made_here").as_bool());
    const auto second = folder / "again.zip";
    EXPECT_EQ(on_data({"export", "workspace", "Pine again", "--out", second.string()}).code, done) << "it is there";
    auto altered = support::bytes_of(zip);
    altered[altered.size() / 2] = static_cast<char>(altered[altered.size() / 2] ^ 1);
    std::ofstream(second, std::ios::binary | std::ios::trunc) << altered;
    const auto refused_import = on_data({"import", "dialpine", second.string(), "--workspace", "Altered"});
    EXPECT_EQ(refused_import.code, failed);
    EXPECT_NE(refused_import.err.find("changed or cut"), std::string::npos) << refused_import.err;
    EXPECT_EQ(on_data({"export", "workspace", "Altered", "--out", second.string()}).code, failed)
        << "nothing half done";
    EXPECT_EQ(on_data({"import", "dialpine", zip.string(), "--as", "nobody@dialpine.example"}).code, failed);

    const auto mine = folder / "mia.zip";
    EXPECT_EQ(on_data({"export", "person", "mia@dialpine.example", "--out", mine.string()}).code, done);
    EXPECT_TRUE(support::bytes_of(mine).starts_with("PK"));
    EXPECT_EQ(fs::status(mine).permissions() & fs::perms::all, fs::perms::owner_read | fs::perms::owner_write);
    EXPECT_EQ(on_data({"export", "person", "nobody@dialpine.example", "--out", mine.string()}).code, failed);
    EXPECT_EQ(on_data({"export", "workspace", "Nowhere", "--out", zip.string()}).code, failed);
}

TEST_F(Command, RefusesToErasePersonsWhomAWorkspaceNeeds)
{
    const auto mia = add("Mia Example", "mia@dialpine.example");
    const auto max = add("Max Example", "max@dialpine.example");
    {
        Serving serving(data, folder.path());
        Client client(serving.port());
        Client other(serving.port());
        sign_in(client, "mia@dialpine.example", mia);
        sign_in(other, "max@dialpine.example", max);
        const std::string pine = "/workspaces/" + client.post("/workspaces", {{"name", "Pine"}}).text("/id");
        const auto link = client.post(pine + "/invitations", {{"role", "member"}}).text("/link");
        ASSERT_EQ(other.post("/invitations/accept", {{"token", link.substr(link.find('#') + 1)}}).status, 200);
    }
    const auto ended = on_data({"erase", "person", "mia@dialpine.example"});
    EXPECT_EQ(ended.code, refused);
    EXPECT_NE(ended.err.find("--close-workspaces"), std::string::npos) << ended.err;
    EXPECT_EQ(on_data({"erase", "person", "mia@dialpine.example", "--close-workspaces", "--json"}).code, done);
    EXPECT_EQ(on_data({"erase", "person", "mia@dialpine.example"}).code, failed) << "nobody has this address any more";
    EXPECT_EQ(on_data({"user", "list"}).out.find("mia"), std::string::npos);
}

TEST_F(Command, KeepsAnErasedPersonErasedWhenABackupIsPutBack)
{
    const auto mia = add("Mia Example", "mia@dialpine.example");
    add("Unmistakable Quillfeather", "quillfeather@dialpine.example");
    const auto backup = folder / "backup";
    {
        Serving serving(data, folder.path());
        Client client(serving.port());
        ASSERT_EQ(sign_in(client, "mia@dialpine.example", mia).status, 201);
        client.post("/workspaces", {{"name", "Pine"}});
        const auto ended = on_data({"backup", "--out", backup.string()});
        EXPECT_EQ(ended.code, done) << ended.err;
        EXPECT_TRUE(fs::exists(backup / "database" / "dialpine.db"));
        EXPECT_TRUE(fs::exists(backup / "keys" / "keys.db"));
        EXPECT_EQ(on_data({"backup", "--out", backup.string()}).code, refused) << "not over another backup";
        EXPECT_EQ(on_data({"restore", backup.string()}).code, failed) << "not while a server runs";
        EXPECT_EQ(client.get("/workspaces").size("/items"), 1U);
        client.post("/workspaces", {{"name", "After"}});
        EXPECT_EQ(on_data({"erase", "person", "quillfeather@dialpine.example"}).code, done);
        EXPECT_EQ(serving.stop().code, done);
    }
    const auto restored = on_data({"restore", backup.string()});
    ASSERT_EQ(restored.code, done) << restored.err;
    EXPECT_NE(restored.err.find("1 people who had been erased since are erased again"), std::string::npos)
        << restored.err;
    EXPECT_TRUE(support::files_with(data, "Quillfeather").empty());
    EXPECT_EQ(on_data({"user", "list"}).out, "mia@dialpine.example  Mia Example  (operator)\n");
    EXPECT_EQ(on_data({"doctor"}).code, done) << on_data({"doctor"}).out;

    Serving serving(data, folder.path());
    Client client(serving.port());
    ASSERT_EQ(sign_in(client, "mia@dialpine.example", mia).status, 201);
    EXPECT_EQ(client.get("/workspaces").size("/items"), 1U) << "as it was when the backup was made";
    EXPECT_EQ(on_data({"restore", (folder / "nothing").string()}).code, failed);
}

TEST_F(Command, RefusesToRestoreWithKeysThatAreMissingOrForeign)
{
    add("Mia Example", "mia@dialpine.example");
    const auto backup = folder / "backup";
    ASSERT_EQ(on_data({"backup", "--out", backup.string()}).code, done);
    const auto other = (folder / "other").string();
    ASSERT_EQ(run({"--data", other, "user", "add", "max@dialpine.example", "--name", "Max"}, folder.path()).code, done);
    const auto expect_refused = [&](std::string_view why) {
        const auto ended = on_data({"restore", backup.string()});
        EXPECT_EQ(ended.code, refused) << ended.err;
        EXPECT_NE(ended.err.find(why), std::string::npos) << ended.err;
        EXPECT_NE(ended.err.find("Nothing was changed"), std::string::npos);
        EXPECT_NE(on_data({"user", "list"}).out.find("mia@dialpine.example"), std::string::npos);
    };
    fs::rename(backup / "keys" / "master.key", folder / "mine");
    expect_refused("Put it back from its backup, or set DIALPINE_MASTER_KEY");
    fs::copy_file(fs::path(other) / "keys" / "master.key", backup / "keys" / "master.key");
    expect_refused("does not belong to the key store");
    fs::remove_all(backup / "keys");
    fs::copy(fs::path(other) / "keys", backup / "keys");
    expect_refused("The keys are not those of this database");
    // The own keys are lost: a restore mends it all the same.
    fs::remove_all(backup);
    ASSERT_EQ(on_data({"backup", "--out", backup.string()}).code, done);
    fs::remove(data / "keys" / "master.key");
    EXPECT_EQ(on_data({"user", "list"}).code, failed);
    const auto restored = on_data({"restore", backup.string()});
    EXPECT_EQ(restored.code, done) << restored.err;
    EXPECT_NE(on_data({"user", "list"}).out.find("mia@dialpine.example"), std::string::npos);
}

TEST_F(Command, TakesAnotherMasterKeyWhileItServes)
{
    const auto password = add("Mia Example", "mia@dialpine.example");
    const auto master = support::bytes_of(data / "keys" / "master.key");
    {
        Serving serving(data, folder.path());
        Client client(serving.port());
        EXPECT_EQ(sign_in(client, "mia@dialpine.example", password).status, 201);
        const auto rotated = on_data({"keys", "rotate"});
        EXPECT_EQ(rotated.code, done) << rotated.err;
        EXPECT_NE(rotated.out.find("The master key is "), std::string::npos);
        EXPECT_EQ(rotated.out.find(support::bytes_of(data / "keys" / "master.key").substr(0, 64)), std::string::npos);
        EXPECT_EQ(client.get("/me").text("/name"), "Mia Example");
        EXPECT_EQ(sign_in(client, "mia@dialpine.example", password).status, 201);
    }
    EXPECT_NE(support::bytes_of(data / "keys" / "master.key"), master);
    EXPECT_NE(on_data({"user", "list"}).out.find("mia@dialpine.example"), std::string::npos);
    EXPECT_EQ(on_data({"doctor"}).code, done) << on_data({"doctor"}).out;
    EXPECT_EQ(on_data({"keys", "status"}).code, done);
}

TEST_F(Command, SaysHowAMasterKeyOfTheEnvironmentIsChanged)
{
    const auto with = [&](const std::string& key, Words words) {
        words.insert(words.begin(), {"--data", data.string()});
        return run(words, folder.path(), {"DIALPINE_MASTER_KEY=" + key});
    };
    const std::string first(64, 'a');
    ASSERT_EQ(with(first, {"user", "add", "mia@dialpine.example", "--name", "Mia"}).code, done);
    const auto told = with(first, {"keys", "rotate"});
    EXPECT_EQ(told.code, refused);
    EXPECT_NE(told.err.find("--new-key-file"), std::string::npos);
    const auto rotated = with(first, {"keys", "rotate", "--new-key-file", "next.key"});
    EXPECT_EQ(rotated.code, done) << rotated.err;
    EXPECT_EQ(with(first, {"user", "list"}).code, failed) << "the old one opens nothing";
    const auto second = support::bytes_of(folder / "next.key").substr(0, 64);
    EXPECT_NE(with(second, {"user", "list"}).out.find("mia@dialpine.example"), std::string::npos);
    EXPECT_EQ(fs::status(folder / "next.key").permissions(), fs::perms::owner_read | fs::perms::owner_write);
}

TEST_F(Command, FindsFilesThatAreDamagedMissingOrStray)
{
    const auto password = add("Mia Example", "mia@dialpine.example");
    std::string id;
    {
        Serving serving(data, folder.path());
        Client mia(serving.port());
        ASSERT_EQ(sign_in(mia, "mia@dialpine.example", password).status, 201);
        const auto pine = "/workspaces/" + mia.post("/workspaces", {{"name", "Pine"}}).text("/id");
        const auto web =
            pine + "/projects/" + mia.post(pine + "/projects", {{"name", "Web"}, {"key", "WEB"}}).text("/id");
        const auto task = pine + "/tasks/" + mia.post(web + "/tasks", {{"title", "Paint"}}).text("/id");
        id =
            mia.send({"POST", "/api/v1" + task + "/attachments?name=a.txt", std::string(200'000, 'a'), {}}).text("/id");
    }
    ASSERT_EQ(id.size(), 36U);
    const auto blob = data / "blobs" / id.substr(34) / id;
    EXPECT_EQ(on_data({"doctor"}).code, done) << on_data({"doctor"}).out;
    ASSERT_EQ(on_data({"backup", "--out", (folder / "backup").string()}).code, done);

    auto bytes = support::bytes_of(blob);
    bytes[150'000] = static_cast<char>(bytes[150'000] ^ 1);
    std::ofstream(blob, std::ios::binary) << bytes;
    EXPECT_EQ(on_data({"doctor"}).code, failed);
    EXPECT_NE(on_data({"doctor"}).out.find(id), std::string::npos) << on_data({"doctor"}).out;
    fs::remove(blob);
    EXPECT_NE(on_data({"doctor"}).out.find("is not there"), std::string::npos);
    const auto restored = on_data({"restore", (folder / "backup").string()});
    EXPECT_EQ(restored.code, done) << restored.err;
    EXPECT_EQ(on_data({"doctor"}).code, done) << on_data({"doctor"}).out;
    fs::copy_file(blob, blob.parent_path() / to_text(new_uuid()));
    EXPECT_NE(on_data({"doctor"}).out.find("1 belong to nothing"), std::string::npos);
    EXPECT_EQ(on_data({"user", "list"}).code, done);
    EXPECT_EQ(on_data({"doctor"}).code, done) << "a start removed it";
}

TEST_F(Command, LooksWhetherAllIsWell)
{
    EXPECT_EQ(on_data({"doctor"}).code, failed) << "there is no folder yet";
    add("Mia Example", "mia@dialpine.example");
    const auto well = on_data({"doctor"});
    EXPECT_EQ(well.code, done) << well.out;
    for (const std::string what : {"data folder", "database", "keys", "disk", "clock"})
        EXPECT_NE(well.out.find(what), std::string::npos);
    {
        Serving serving(data, folder.path());
        EXPECT_EQ(on_data({"doctor"}).code, done) << "also while a server runs";
    }
    const auto key = data / "keys" / "master.key";
    ::chmod(key.c_str(), 0644);
    const auto open_key = on_data({"doctor"});
    EXPECT_EQ(open_key.code, failed);
    EXPECT_NE(open_key.out.find("chmod 600 " + key.string()), std::string::npos) << open_key.out;
    ::chmod(key.c_str(), 0600);

    ::chmod(data.c_str(), 0755);
    EXPECT_NE(on_data({"doctor"}).out.find("chmod 700"), std::string::npos);
    ::chmod(data.c_str(), 0700);

    fs::rename(key, folder / "master.key");
    const Json findings = support::parsed(on_data({"doctor", "--json"}).out);
    EXPECT_TRUE(std::ranges::any_of(findings.as_array(), [](const auto& each) {
        return each.at("what") == Json("keys") && !each.at("is_well").as_bool();
    }));
    EXPECT_NE(on_data({"user", "list"}).code, done) << "and nothing is read by a new key";
    fs::rename(folder / "master.key", key);
    EXPECT_EQ(on_data({"doctor"}).code, done);
}

TEST_F(Command, LeavesADatabaseOfANewerVersionAlone)
{
    add("Mia Example", "mia@dialpine.example");
    const auto file = (data / "dialpine.db").string();
    store::Connection(file, store::Connection::Mode::write).execute("PRAGMA user_version = 9999");
    for (const Words& words : {Words{"user", "list"}, Words{"serve", "--port", "0"}, Words{"doctor"}}) {
        const auto ended = on_data(words);
        EXPECT_EQ(ended.code, failed) << words.front();
        EXPECT_NE((ended.err + ended.out).find("9999"), std::string::npos) << ended.err << ended.out;
        EXPECT_NE((ended.err + ended.out).find("newer"), std::string::npos) << ended.err << ended.out;
    }
    EXPECT_EQ(store::Connection(file, store::Connection::Mode::read).integer("PRAGMA user_version"), 9999);
}

TEST_F(Command, ServesItsDataAlone)
{
    Serving serving(data, folder.path());
    const auto second = on_data({"serve", "--port", "0"});
    EXPECT_EQ(second.code, failed);
    EXPECT_NE(second.err.find(data.string()), std::string::npos) << second.err;
    const auto port =
        run({"serve", "--port", std::to_string(serving.port()), "--data", (folder / "other").string()}, folder.path());
    EXPECT_EQ(port.code, failed);
    EXPECT_NE(port.err.find(std::to_string(serving.port())), std::string::npos) << port.err;
    EXPECT_EQ(
        fs::status(data / "control.sock").permissions() & fs::perms::all, fs::perms::owner_read | fs::perms::owner_write
    );
    EXPECT_EQ(Client(serving.port()).send({"GET", "/readyz", {}, {}}).status, 200) << "the first goes on";
}

TEST_F(Command, EndsCleanlyWhenToldTo)
{
    for (const int signal : {SIGTERM, SIGINT}) {
        Serving serving(data, folder.path());
        Client client(serving.port());
        EXPECT_EQ(client.send({"GET", "/healthz", {}, {}}).status, 200); // and its connection stays open
        serving.process().signal(signal);
        const auto ended = serving.process().wait();
        EXPECT_EQ(ended.code, done) << ended.err;
        EXPECT_FALSE(fs::exists(data / "control.sock"));
    }
}

TEST_F(Command, StartsQuickly)
{
    {
        Serving first(data, folder.path());
    }
    const auto start = std::chrono::steady_clock::now();
    Serving serving(data, folder.path());
    Client client(serving.port());
    EXPECT_EQ(client.send({"GET", "/healthz", {}, {}}).status, 200);
    const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - start;
    RecordProperty("start_to_first_answer_ms", static_cast<int>(took.count()));
    fmt::print("start to first answer: {:.0f} ms\n", took.count());
}

TEST_F(Command, TakesItsSettingsFromFlagsThenTheEnvironmentThenAFile)
{
    std::ofstream(folder / "dialpine.toml") << "data = \"from-file\"\n[serve]\nport = 0\nsign-up = \"invited\"\n";
    const auto sign_up_of = [&](const Words& flags, const Words& settings) {
        Words words{"serve", "--log-level", "warn"};
        words.insert(words.end(), flags.begin(), flags.end());
        Process process(words, folder.path(), settings);
        const auto line = process.line().value_or("");
        const auto colon = line.rfind(':');
        EXPECT_NE(colon, std::string::npos) << process.wait(std::chrono::seconds{1}).err;
        auto sign_up =
            Client(static_cast<std::uint16_t>(std::stoi(line.substr(colon + 1)))).get("/instance").text("/sign_up");
        process.signal(SIGTERM);
        EXPECT_EQ(process.wait().code, done);
        return sign_up;
    };
    ASSERT_EQ(run({"user", "add", "mia@dialpine.example", "--name", "Mia Example"}, folder.path()).code, done);
    EXPECT_TRUE(fs::exists(folder / "from-file" / "dialpine.db"))
        << "a file with settings of the server does not start one";
    EXPECT_EQ(sign_up_of({}, {}), "invited");
    EXPECT_EQ(sign_up_of({}, {"DIALPINE_SIGN_UP=open"}), "open");
    EXPECT_EQ(sign_up_of({"--sign-up", "invited"}, {"DIALPINE_SIGN_UP=open"}), "invited");
    EXPECT_EQ(run({"user", "list"}, folder.path(), {"DIALPINE_DATA=from-environment"}).out, "");
    EXPECT_EQ(run({"user", "list"}, folder.path()).out, "mia@dialpine.example  Mia Example  (operator)\n");

    std::ofstream(folder / "dialpine.toml") << "[serve]\nprot = 0\n";
    const auto misspelt = run({"serve"}, folder.path());
    EXPECT_EQ(misspelt.code, wrong_use);
    EXPECT_NE(misspelt.err.find("prot"), std::string::npos) << misspelt.err;
}

TEST_F(Command, ShowsADemoToLookAround)
{
    Serving serving(data, folder.path(), {"--demo"});
    Client client(serving.port());
    EXPECT_TRUE(client.get("/instance").at("/demo").as_bool());
    ASSERT_EQ(sign_in(client, "mia@dialpine.example", "look-around").status, 201);
    const std::string pine = "/workspaces/" + client.get("/workspaces").text("/items/0/id");
    const std::string board_path = pine + "/projects/" + client.get(pine + "/projects").text("/items/0/id") + "/board";
    EXPECT_GT(client.get(board_path).size("/tasks"), 10U);
    EXPECT_GT(client.get("/me/tasks").size("/items"), 0U);
}

} // namespace
} // namespace dialpine::command
