#include "command/command.hpp"
#include "support/sanitized.hpp"
#include "support/wire.hpp"

#include <csignal>
#include <map>

/// The program on the wire: its headers, TLS, proxies, and what a connection costs.
namespace dialpine::command {
namespace {
using support::Answer;
using support::Client;
using support::Process;
using support::RawClient;
using support::run;
using support::Serving;
using support::Words;

/// One of each kind of answer.
std::map<std::string, Answer> answers_of_each_kind(Client& client)
{
    const auto get = [&](const std::string& target, std::vector<http::Header> headers = {}) {
        return client.send({"GET", target, {}, std::move(headers)});
    };
    std::map<std::string, Answer> all;
    all["page"] = get("/");
    const auto& page = all["page"].body;
    const auto asset = page.find("/assets/");
    if (asset != std::string::npos) all["asset"] = get(page.substr(asset, page.find('"', asset) - asset));
    all["missing asset"] = get("/assets/nothing.js");
    all["API"] = get("/api/v1/policy");
    all["unchanged"] = get("/api/v1/subprocessors", {{"If-None-Match", get("/api/v1/subprocessors").header("etag")}});
    all["nothing there"] = get("/api/v1/nothing");
    all["not signed in"] = get("/api/v1/me");
    all["refused method"] = client.send({"DELETE", "/", {}, {}});
    all["refused by the reader"] = client.send({"POST", "/api/v1/sessions", "x", {{"Content-Encoding", "gzip"}}});
    all["metrics"] = get("/metrics");
    return all;
}

void expect_strict_headers(const std::string& kind, const Answer& answer)
{
    EXPECT_EQ(answer.header("x-content-type-options"), "nosniff") << kind;
    EXPECT_EQ(answer.header("referrer-policy"), "no-referrer") << kind;
    EXPECT_EQ(answer.header("x-frame-options"), "DENY") << kind;
    EXPECT_EQ(answer.header("cross-origin-opener-policy"), "same-origin") << kind;
    EXPECT_EQ(answer.header("cross-origin-resource-policy"), "same-origin") << kind;
    EXPECT_NE(answer.header("permissions-policy").find("geolocation=()"), std::string::npos) << kind;
    const auto policy = answer.header("content-security-policy");
    EXPECT_NE(policy.find("default-src 'self'"), std::string::npos) << kind;
    EXPECT_NE(policy.find("frame-ancestors 'none'"), std::string::npos) << kind;
    for (const auto* other : {"http", "//", "*", "unsafe", "ws:"})
        EXPECT_EQ(policy.find(other), std::string::npos) << kind << " allows another host, or more: " << policy;
}

TEST_F(Command, AnswersWithHeadersThatKeepAPageToItself)
{
    Serving serving(data, folder.path());
    Client client(serving.port());
    const auto answers = answers_of_each_kind(client);
    EXPECT_EQ(answers.at("unchanged").status, 304);
    EXPECT_EQ(answers.at("refused by the reader").status, 415);
    for (const auto& [kind, answer] : answers) {
        expect_strict_headers(kind, answer);
        EXPECT_EQ(answer.header("set-cookie"), "") << kind << " sets nothing before somebody signs in";
        EXPECT_EQ(answer.header("strict-transport-security"), "") << kind;
    }
}

TEST_F(Command, GivesFilesOutWithTheSameHeadersAndNothingThatRuns)
{
    const auto password = add("Mia Example", "mia@dialpine.example");
    Serving serving(data, folder.path(), {"--public-url", "https://pine.dialpine.example"});
    Client client(serving.port());
    const auto entered = sign_in(client, "mia@dialpine.example", password);
    ASSERT_EQ(entered.status, 201) << entered.body;
    const std::string pine = "/workspaces/" + client.post("/workspaces", {{"name", "Pine"}}).text("/id");
    const auto project = client.post(pine + "/projects", {{"name", "Website"}}).text("/id");
    const auto task = client.post(pine + "/projects/" + project + "/tasks", {{"title", "Paint"}}).text("/id");
    const auto file = client.send(
        {"POST", "/api/v1" + pine + "/tasks/" + task + "/attachments?name=page.html", "<script>1</script>", {}}
    );
    ASSERT_EQ(file.status, 201) << file.body;
    const auto got = client.send({"GET", "/api/v1" + pine + "/attachments/" + file.text("/id") + "/file", {}, {}});
    ASSERT_EQ(got.status, 200) << got.body;
    expect_strict_headers("a file", got);
    EXPECT_TRUE(got.header("content-disposition").starts_with("attachment")) << got.header("content-disposition");
    EXPECT_NE(got.header("strict-transport-security"), "");
}

TEST_F(Command, NeedsLittleMemoryForConnectionsThatRest)
{
    if (support::is_sanitized()) GTEST_SKIP() << "a sanitizer needs memory of its own";
    Serving serving(data, folder.path());
    Client client(serving.port());
    const auto resident = [&] {
        const auto text = client.send({"GET", "/metrics", {}, {}}).body;
        constexpr std::string_view name = "\ndialpine_resident_bytes ";
        return std::stod(text.substr(text.find(name) + name.size()));
    };
    std::vector<RawClient> resting;
    const auto open = [&](int count) {
        for (int i = 0; i < count; ++i) {
            resting.emplace_back(serving.port());
            resting.back().send("GET /healthz HTTP/1.1\r\nHost: x\r\nX: " + std::string(3000, 'x') + "\r\n\r\n");
            EXPECT_TRUE(resting.back().answer().first.starts_with("HTTP/1.1 200 "));
        }
    };
    open(50);
    const auto before = resident();
    open(400);
    EXPECT_LT((resident() - before) / 400, 12'000);
}

TEST_F(Command, SaysThatThereIsNoWayInButTlsWhereThereIsTls)
{
    Serving plain(data, folder.path());
    EXPECT_EQ(Client(plain.port()).send({"GET", "/", {}, {}}).header("strict-transport-security"), "");
    plain.stop();
    Serving behind_tls(data, folder.path(), {"--public-url", "https://pine.dialpine.example"});
    EXPECT_NE(
        Client(behind_tls.port()).send({"GET", "/", {}, {}}).header("strict-transport-security").find("max-age="),
        std::string::npos
    );
}

TEST_F(Command, SpeaksTlsByTheCertificateThatItIsGiven)
{
    const http::TlsFiles files{folder / "tls.crt", folder / "tls.key"};
    support::make_certificate(files, "pine.dialpine.example");
    Serving serving(data, folder.path(), {"--tls-certificate", files.certificate, "--tls-key", files.key});
    RawClient client(serving.port(), support::TlsWish{});
    client.send("GET /api/v1/policy HTTP/1.1\r\nHost: pine.dialpine.example\r\n\r\n");
    const auto [head, body] = client.answer();
    EXPECT_TRUE(head.starts_with("HTTP/1.1 200 ")) << head;
    EXPECT_NE(head.find("Strict-Transport-Security: max-age="), std::string::npos) << head;
    EXPECT_EQ(client.certificate_name(), "pine.dialpine.example");
    const auto ended = serving.stop();
    EXPECT_EQ(ended.code, done);
    EXPECT_NE(ended.out.find("serves on https://127.0.0.1:"), std::string::npos) << ended.out;

    std::filesystem::permissions(files.key, std::filesystem::perms{0644});
    const auto readable =
        run({"serve", "--port", "0", "--data", data, "--tls-certificate", files.certificate, "--tls-key", files.key},
            folder.path());
    EXPECT_EQ(readable.code, failed);
    EXPECT_NE(readable.err.find("chmod 600"), std::string::npos) << readable.err;
    const auto half = run({"serve", "--data", data, "--tls-certificate", files.certificate}, folder.path());
    EXPECT_EQ(half.code, wrong_use);
    EXPECT_NE(half.err.find("--tls-key"), std::string::npos) << half.err;
}

TEST_F(Command, WarnsWhereItWouldBeReachedWithoutTls)
{
    const std::string warning = "without TLS";
    const auto says = [&](const Words& more) {
        Words words{"serve", "--port", "0", "--data", data};
        words.insert(words.end(), more.begin(), more.end());
        Process process(words, folder.path());
        EXPECT_TRUE(process.line());
        process.signal(SIGTERM);
        return process.wait().err;
    };
    EXPECT_NE(says({"--host", "0.0.0.0"}).find(warning), std::string::npos);
    EXPECT_EQ(
        says({"--host", "0.0.0.0", "--public-url", "https://pine.dialpine.example"}).find(warning), std::string::npos
    );
    EXPECT_EQ(says({}).find(warning), std::string::npos);
}

TEST_F(Command, BelievesTheProxiesThatItTrusts)
{
    const auto is_secure = [&](const Words& more) {
        Serving serving(data, folder.path(), more);
        const auto answer = Client(serving.port()).send({"GET", "/", {}, {{"X-Forwarded-Proto", "https"}}});
        return !answer.header("strict-transport-security").empty();
    };
    EXPECT_TRUE(is_secure({"--trusted-proxy", "192.0.2.1", "--trusted-proxy", "127.0.0.0/8"}));
    EXPECT_TRUE(is_secure({"--trusted-proxy", "192.0.2.1,127.0.0.1"}));
    EXPECT_FALSE(is_secure({"--trusted-proxy", "192.0.2.1"}));
    EXPECT_FALSE(is_secure({}));

    const auto password = add("Mia Example", "mia@dialpine.example");
    Serving serving(data, folder.path(), {"--trusted-proxy", "127.0.0.1"});
    Client client(serving.port());
    auto enter = support::post("/sessions", {{"email", "mia@dialpine.example"}, {"password", password}});
    enter.headers.emplace_back("X-Forwarded-For", "203.0.113.9, 192.0.2.7");
    const auto entered = client.send(enter);
    ASSERT_EQ(entered.status, 201) << entered.body;
    EXPECT_EQ(client.get("/sessions").text("/items/0/address").substr(0, 8), "192.0.2.");
    serving.stop();

    const auto wrong = run({"serve", "--data", data, "--trusted-proxy", "nginx"}, folder.path());
    EXPECT_EQ(wrong.code, wrong_use);
    EXPECT_NE(wrong.err.find("--trusted-proxy"), std::string::npos) << wrong.err;
}

} // namespace
} // namespace dialpine::command
