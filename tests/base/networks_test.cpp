#include "base/networks.hpp"
#include "support/wire.hpp"

namespace dialpine {
namespace {

Networks networks(std::initializer_list<std::string_view> texts)
{
    Networks made;
    for (const auto text : texts) made.add(text);
    return made;
}

TEST(NetworksOf, AddressesContainWhatTheyShould)
{
    const auto some = networks({"10.0.0.0/8", "192.0.2.7", "2001:db8::/33", "172.16.0.0/12"});
    for (const auto* in :
         {"10.0.0.1", "10.255.255.255", "192.0.2.7", "::ffff:10.1.2.3", "2001:db8:7fff::1", "172.31.255.1"})
        EXPECT_TRUE(some.contains(in)) << in;
    for (const auto* out :
         {"11.0.0.1", "192.0.2.6", "2001:db8:8000::1", "2001:db9::1", "172.32.0.0", "172.15.1.1", "::1", "", "x"})
        EXPECT_FALSE(some.contains(out)) << out;
    EXPECT_TRUE(networks({"0.0.0.0/0"}).contains("203.0.113.9"));
    EXPECT_FALSE(networks({"0.0.0.0/0"}).contains("2001:db8::1"));
    EXPECT_FALSE(networks({}).contains("127.0.0.1"));
}

TEST(NetworksOf, AddressesAreNothingElse)
{
    for (const auto* wrong :
         {"", "x", "10.0.0.0/33", "::1/129", "10.0.0.0/", "10.0.0.0/-1", "10.0.0/8", "10.0.0.0/8 ", "fe80::1%eth0"})
        EXPECT_THROW(networks({wrong}), std::invalid_argument) << wrong;
}

TEST(ForwardedAddress, IsTheRightMostThatNoProxyHas)
{
    const auto proxies = networks({"10.0.0.0/8", "::1"});
    const auto of = [&](std::string_view peer, std::string_view said) {
        return forwarded_address(proxies, peer, said);
    };
    EXPECT_EQ(of("10.0.0.1", "192.0.2.7"), "192.0.2.7");
    EXPECT_EQ(of("10.0.0.1", "203.0.113.9, 192.0.2.7"), "192.0.2.7") << "whatever was claimed before";
    EXPECT_EQ(of("10.0.0.1", "203.0.113.9, 192.0.2.7 , 10.0.0.2"), "192.0.2.7") << "through two proxies";
    EXPECT_EQ(of("192.0.2.1", "203.0.113.9"), "192.0.2.1") << "no proxy";
    EXPECT_EQ(of("10.0.0.1", ""), "10.0.0.1");
    EXPECT_EQ(of("10.0.0.1", "10.0.0.3, 10.0.0.2"), "10.0.0.3") << "somebody beside the proxy";
    EXPECT_EQ(of("10.0.0.1", "192.0.2.7, unknown"), "10.0.0.1");
    EXPECT_EQ(of("10.0.0.1", "192.0.2.7:4711"), "192.0.2.7");
    EXPECT_EQ(of("::1", "[2001:db8::7]:4711"), "2001:db8::7");
    EXPECT_EQ(of("::1", "2001:DB8::7"), "2001:db8::7");
    EXPECT_EQ(of("::1", "::ffff:192.0.2.7"), "192.0.2.7");
    EXPECT_EQ(of("10.0.0.1", ",,"), "10.0.0.1");
}

class TrustedProxies : public support::HttpServer {
protected:
    std::string who(const std::string& headers)
    {
        auto client = connect();
        client.send("GET /who HTTP/1.1\r\nHost: x\r\n" + headers + "\r\n");
        return client.answer().second;
    }
    const std::string forwarded =
        "X-Forwarded-For: 203.0.113.9\r\nX-Forwarded-For: 192.0.2.7\r\nX-Forwarded-Proto: https\r\n";
};

TEST_F(TrustedProxies, AreBelieved)
{
    start({.every_secure_answer = {{"X-Secure", "yes"}}, .trusted_proxies = networks({"127.0.0.0/8"})});
    EXPECT_EQ(who(forwarded), "192.0.2.7 https");
    EXPECT_EQ(who("X-Forwarded-Proto: https, http\r\n"), "127.0.0.1 http");
    EXPECT_EQ(who(""), "127.0.0.1 http");
    auto client = connect();
    client.send("GET /who HTTP/1.1\r\nHost: x\r\nX-Forwarded-Proto: https\r\n\r\n");
    EXPECT_NE(client.head().find("X-Secure: yes\r\n"), std::string::npos);
}

TEST_F(TrustedProxies, AreNoOthers)
{
    start({.every_secure_answer = {{"X-Secure", "yes"}}, .trusted_proxies = networks({"192.0.2.0/24"})});
    EXPECT_EQ(who(forwarded), "127.0.0.1 http");
    auto client = connect();
    client.send("GET /who HTTP/1.1\r\nHost: x\r\nX-Forwarded-Proto: https\r\n\r\n");
    EXPECT_EQ(client.head().find("X-Secure"), std::string::npos);
}

} // namespace
} // namespace dialpine
