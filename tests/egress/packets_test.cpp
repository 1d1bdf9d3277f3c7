#include "support/program.hpp"
#include "support/server.hpp"

#include <arpa/inet.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <netinet/in.h>
#include <netinet/ip.h>
#include <netinet/ip6.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <iostream>
#include <thread>

/// The real server in a network of its own, in which every address of the world leads to the loopback device, so that
/// each packet that it tries to send anywhere can be seen there (promise P10).
namespace dialpine::tests {
namespace {
using support::Client;
using support::Json;
using support::Words;

/// A route of the table `local` to everywhere, by the loopback device.
bool lead_everything_to_loopback(int family)
{
    struct {
        nlmsghdr header{};
        rtmsg route{};
        rtattr attribute{};
        int device = 0;
    } request;
    request.header.nlmsg_len = sizeof request;
    request.header.nlmsg_type = RTM_NEWROUTE;
    request.header.nlmsg_flags = NLM_F_REQUEST | NLM_F_CREATE | NLM_F_ACK;
    request.route.rtm_family = static_cast<unsigned char>(family);
    request.route.rtm_table = RT_TABLE_LOCAL;
    request.route.rtm_protocol = RTPROT_STATIC;
    request.route.rtm_scope = RT_SCOPE_HOST;
    request.route.rtm_type = RTN_LOCAL;
    request.attribute.rta_len = RTA_LENGTH(sizeof(int));
    request.attribute.rta_type = RTA_OIF;
    request.device = static_cast<int>(::if_nametoindex("lo"));
    const int socket = ::socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);
    if (socket < 0) return false;
    struct {
        nlmsghdr header{};
        nlmsgerr error{};
    } answer;
    const bool is_told = ::send(socket, &request, sizeof request, 0) == static_cast<ssize_t>(sizeof request) &&
                         ::recv(socket, &answer, sizeof answer, 0) > 0;
    ::close(socket);
    return is_told && answer.header.nlmsg_type == NLMSG_ERROR && answer.error.error == 0;
}

bool bring_loopback_up()
{
    const int socket = ::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    ifreq wish{};
    std::strcpy(wish.ifr_name, "lo");
    wish.ifr_flags = IFF_UP | IFF_RUNNING;
    const bool is_up = ::ioctl(socket, SIOCSIFFLAGS, &wish) == 0;
    ::close(socket);
    return is_up;
}

/// Sees each packet on the loopback device that neither comes from nor goes to one port of this machine.
class Watch {
public:
    Watch() : socket_(::socket(AF_PACKET, SOCK_DGRAM | SOCK_CLOEXEC, htons(ETH_P_ALL))) {}
    ~Watch()
    {
        ends_ = true;
        if (thread_.joinable()) thread_.join();
        if (socket_ >= 0) ::close(socket_);
    }
    Watch(const Watch&) = delete;
    Watch& operator=(const Watch&) = delete;
    [[nodiscard]] bool can_see() const { return socket_ >= 0; }

    void start(std::uint16_t port)
    {
        port_ = port;
        const int bytes = 64 << 20; // nothing is missed while the test is busy
        ::setsockopt(socket_, SOL_SOCKET, SO_RCVBUFFORCE, &bytes, sizeof bytes);
        thread_ = std::thread([this] { look(); });
    }
    /// What was seen that is no talk with the server: one line each.
    std::set<std::string> stop()
    {
        ends_ = true;
        thread_.join();
        return foreign_;
    }
    [[nodiscard]] std::size_t talks() const { return talks_; }

private:
    void look()
    {
        std::string packet(65536, '\0');
        pollfd waiting{socket_, POLLIN, 0};
        for (;;) {
            if (::poll(&waiting, 1, 200) <= 0) {
                if (ends_) return; // nothing more came for a while
                continue;
            }
            sockaddr_ll from{};
            socklen_t size = sizeof from;
            const auto count =
                ::recvfrom(socket_, packet.data(), packet.size(), 0, reinterpret_cast<sockaddr*>(&from), &size);
            if (count > 0) judge(std::string_view(packet).substr(0, static_cast<std::size_t>(count)), from);
        }
    }

    void judge(std::string_view packet, const sockaddr_ll& from)
    {
        const auto protocol = ntohs(from.sll_protocol);
        if (protocol == ETH_P_IP && packet.size() >= sizeof(iphdr)) {
            iphdr header{};
            std::memcpy(&header, packet.data(), sizeof header);
            const auto is_here = [](std::uint32_t address) { return (ntohl(address) >> 24) == 127; };
            const auto rest = packet.substr(std::min(packet.size(), static_cast<std::size_t>(header.ihl) * 4));
            if (is_here(header.saddr) && is_here(header.daddr) && header.protocol == IPPROTO_TCP && is_talk(rest)) {
                ++talks_;
                return;
            }
            char text[INET_ADDRSTRLEN]{};
            ::inet_ntop(AF_INET, &header.daddr, text, sizeof text);
            foreign_.insert(fmt::format("to {} by protocol {}", text, header.protocol));
        } else if (protocol == ETH_P_IPV6 && packet.size() >= sizeof(ip6_hdr)) {
            ip6_hdr header{};
            std::memcpy(&header, packet.data(), sizeof header);
            char text[INET6_ADDRSTRLEN]{};
            ::inet_ntop(AF_INET6, &header.ip6_dst, text, sizeof text);
            foreign_.insert(fmt::format("to {} by protocol {}", text, header.ip6_nxt));
        } else
            foreign_.insert(fmt::format("of protocol {:#x}", protocol));
    }

    [[nodiscard]] bool is_talk(std::string_view rest) const
    {
        tcphdr header{};
        if (rest.size() < sizeof header) return false;
        std::memcpy(&header, rest.data(), sizeof header);
        return ntohs(header.source) == port_ || ntohs(header.dest) == port_;
    }

    int socket_;
    std::uint16_t port_ = 0;
    std::atomic<bool> ends_ = false;
    std::atomic<std::size_t> talks_ = 0;
    std::set<std::string> foreign_;
    std::thread thread_;
};

constexpr int cannot = 77; ///< exit code: this machine does not allow it

/// Names are looked up at an address of the world, so that a look-up would be seen, too.
void look_names_up_elsewhere(const std::filesystem::path& folder)
{
    const auto file = folder / "resolv.conf";
    std::ofstream(file) << "nameserver 192.0.2.53\noptions timeout:1 attempts:1\n";
    if (::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0)
        ::mount(file.c_str(), "/etc/resolv.conf", nullptr, MS_BIND, nullptr);
}

/// Uses the server as a team does. Fails the test where an answer is not as it should be.
void use_everything(std::uint16_t port, const std::filesystem::path& folder)
{
    Client mia(port);
    const auto policy = mia.get("/policy").text("/version");
    const Json account{
        {"name", "Mia Example"},
        {"email", "mia@dialpine.example"},
        {"password", support::password},
        {"birth_year", 1990},
        {"consent", {{"policy_version", policy}}}};
    EXPECT_EQ(mia.post("/accounts", account).status, 201);
    const auto workspace = "/workspaces/" + mia.post("/workspaces", {{"name", "Pine"}}).text("/id");
    EXPECT_EQ(mia.post(workspace + "/invitations", {{"role", "member"}}).status, 201);
    const auto project =
        workspace + "/projects/" + mia.post(workspace + "/projects", {{"name", "Website"}, {"key", "WEB"}}).text("/id");
    const auto made = mia.post(
        project + "/tasks",
        {{"title", "Paint"},
         {"description", "See https://elsewhere.dialpine.example/a.png ![p](https://elsewhere.dialpine.example/p.png)"},
         {"links", {{{"url", "https://elsewhere.dialpine.example/"}}}}}
    );
    EXPECT_EQ(made.status, 201) << made.body;
    const auto task = workspace + "/tasks/" + made.text("/id");
    EXPECT_EQ(mia.post(task + "/comments", {{"body", "Blue? https://elsewhere.dialpine.example/"}}).status, 201);
    EXPECT_EQ(mia.patch(task, {{"title", "Paint it"}}).status, 200);
    EXPECT_EQ(mia.get(project + "/board").status, 200);
    EXPECT_EQ(mia.get(workspace + "/search?q=paint").status, 200);
    const auto import = mia.send(
        {"POST",
         "/api/v1" + workspace + "/imports?source=trello",
         support::bytes_of(std::filesystem::path(DIALPINE_SOURCE_DIR) / "tests/fixtures/trello-small.json"),
         {{"Content-Type", "application/json"}}}
    );
    EXPECT_EQ(import.status, 202) << import.body;
    EXPECT_EQ(mia.finished_job(workspace + "/imports/" + import.text("/id")).text("/state"), "done");
    const auto wish = mia.post("/me/exports", {{"password", support::password}});
    EXPECT_EQ(wish.status, 202) << wish.body;
    EXPECT_EQ(mia.finished_job("/me/exports/" + wish.text("/id")).text("/state"), "done");
    EXPECT_EQ(mia.get("/me/exports/" + wish.text("/id") + "/file").status, 200);
    EXPECT_EQ(mia.get("/me/data").status, 200);
    EXPECT_EQ(mia.get("/subprocessors").status, 200);
    EXPECT_EQ(
        support::run({"backup", "--out", (folder / "backup").string(), "--data", (folder / "data").string()}, folder)
            .code,
        0
    );
}

void erase_everybody(std::uint16_t port)
{
    Client mia(port);
    const Json wish{{"email", "mia@dialpine.example"}, {"password", support::password}};
    EXPECT_EQ(mia.post("/sessions", wish).status, 201);
    const auto erased = mia.del("/me", Json{{"password", support::password}});
    EXPECT_EQ(erased.status, 202) << erased.body;
}

/// In a process of its own, which may leave the network that it was born into.
int watched(const std::filesystem::path& folder)
{
    const bool is_root = ::geteuid() == 0;
    if (::unshare(CLONE_NEWNET | CLONE_NEWNS | (is_root ? 0 : CLONE_NEWUSER)) != 0) return cannot;
    look_names_up_elsewhere(folder);
    Watch watch;
    if (!watch.can_see() || !bring_loopback_up()) return cannot;
    if (!lead_everything_to_loopback(AF_INET)) return cannot;
    lead_everything_to_loopback(AF_INET6);

    const auto data = folder / "data";
    support::Serving server(data, folder);
    watch.start(server.port());
    use_everything(server.port(), folder);
    erase_everybody(server.port());
    const auto quiet = watch.stop();
    for (const auto& packet : quiet) ADD_FAILURE() << "a packet left: " << packet;
    EXPECT_GT(watch.talks(), 100U) << "the watch must be able to see";

    // The same watch sees what does leave: a document to a recipient that the operator registered.
    Watch second;
    second.start(server.port());
    const auto ask = [&](Words words) {
        words.insert(words.end(), {"--data", data.string()});
        return support::run(words, folder);
    };
    const auto added = ask(
        {"recipient",
         "add",
         "Far away",
         "--purpose",
         "analytics",
         "--field",
         "feature",
         "--host",
         "192.0.2.80",
         "--endpoint",
         "https://192.0.2.80/in",
         "--region",
         "Elsewhere",
         "--country",
         "NL",
         "--agreement",
         "DPA 1",
         "--agreement-until",
         "2099-01-01",
         "--contact",
         "privacy@dialpine.example"}
    );
    EXPECT_EQ(added.code, 0) << added.err;
    EXPECT_EQ(ask({"recipient", "try", "Far away"}).code, 3) << "not before it was announced";
    EXPECT_EQ(ask({"recipient", "announce", "Far away"}).code, 0);
    EXPECT_EQ(ask({"recipient", "try", "Far away"}).code, 1) << "nobody listens there";
    const auto seen = second.stop();
    EXPECT_EQ(seen, std::set<std::string>{"to 192.0.2.80 by protocol 6"});
    EXPECT_EQ(server.stop().code, 0);
    return ::testing::Test::HasFailure() ? 1 : 0;
}

TEST(Packets, NoneLeavesUnlessARecipientIsRegistered)
{
    const support::Folder folder;
    std::cout.flush();
    const int child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
        int code = 1;
        try {
            code = watched(folder.path());
        } catch (const std::exception& failure) {
            std::cout << failure.what() << "\n";
        }
        std::cout.flush();
        ::_exit(code);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    const int code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    if (code == cannot) GTEST_SKIP() << "this machine gives no network of its own";
    EXPECT_EQ(code, 0) << "see above";
}

} // namespace
} // namespace dialpine::tests
