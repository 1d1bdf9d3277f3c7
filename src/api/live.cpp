#include "api/live.hpp"

#include "work/board.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <deque>

namespace dialpine::api {
namespace asio = boost::asio;
namespace {
constexpr std::int64_t most_missed = 500; ///< a page that missed more loads anew
constexpr std::size_t most_queued = 1000;

std::string message_of(const std::vector<work::ChangeView>& changes)
{
    return "{\"changes\":" + json::to_json(changes) + "}";
}
constexpr std::string_view reload = R"({"reload":true})";
} // namespace

/// One open page. Touched on its connection's own thread only, but for `tell` and `cut`, which post to it.
struct Live::Follower : std::enable_shared_from_this<Follower> {
    Follower(asio::any_io_executor executor_, people::Actor actor_)
        : executor(executor_), actor(actor_), signal(executor_, asio::steady_timer::time_point::max())
    {
    }
    asio::any_io_executor executor;
    people::Actor actor;
    asio::steady_timer signal;
    std::deque<std::shared_ptr<const std::string>> queue;
    bool is_over = false;

    void push(std::shared_ptr<const std::string> message)
    {
        asio::post(executor, [self = shared_from_this(), message = std::move(message)]() mutable {
            if (self->queue.size() >= most_queued) {
                self->queue.clear();
                message = std::make_shared<const std::string>(reload);
            }
            self->queue.push_back(std::move(message));
            self->signal.cancel();
        });
    }
    void end()
    {
        asio::post(executor, [self = shared_from_this()] {
            self->is_over = true;
            self->signal.cancel();
        });
    }
};

namespace {
Awaitable<void> watch_for_close(std::shared_ptr<http::Socket> socket, std::function<void()> on_close)
{
    while (co_await socket->receive()) {
    }
    on_close();
}
} // namespace

Awaitable<void>
Live::follow(store::Database& database, people::Actor actor, std::int64_t after, std::shared_ptr<http::Socket> socket)
{
    const auto follower = std::make_shared<Follower>(co_await asio::this_coro::executor, actor);
    // Entered before the log is read: a change in between comes twice rather than never.
    enter(follower);
    const struct Leave {
        Live& live;
        const std::shared_ptr<Follower>& follower;
        ~Leave() { live.leave(follower); }
    } leave_at_end{*this, follower};
    asio::co_spawn(
        follower->executor, watch_for_close(socket, [follower] { follower->end(); }), [](std::exception_ptr) {}
    );

    const auto missed = database.read([&](store::Read& read) {
        return work::list_changes(read, actor, {.after = after, .limit = most_missed});
    });
    if (missed.next)
        co_await socket->send(std::string(reload));
    else if (!missed.items.empty())
        co_await socket->send(message_of(missed.items));

    while (!follower->is_over) {
        if (follower->queue.empty()) {
            boost::system::error_code woken;
            follower->signal.expires_at(asio::steady_timer::time_point::max());
            co_await follower->signal.async_wait(asio::redirect_error(asio::use_awaitable, woken));
            continue;
        }
        const auto message = follower->queue.front();
        follower->queue.pop_front();
        co_await socket->send(*message);
    }
    co_await socket->close();
}

void Live::enter(const std::shared_ptr<Follower>& follower)
{
    const std::lock_guard lock(mutex_);
    followers_[follower->actor.workspace].push_back(follower);
}

void Live::leave(const std::shared_ptr<Follower>& follower)
{
    const std::lock_guard lock(mutex_);
    const auto place = followers_.find(follower->actor.workspace);
    if (place == followers_.end()) return;
    std::erase(place->second, follower);
    if (place->second.empty()) followers_.erase(place);
}

void Live::tell(std::span<const store::Change> changes)
{
    const std::lock_guard lock(mutex_);
    if (followers_.empty()) return;
    std::unordered_map<WorkspaceId, std::vector<work::ChangeView>> by_workspace;
    for (const auto& change : changes)
        if (followers_.contains(change.workspace_id))
            by_workspace[change.workspace_id].push_back(work::to_view(change));
    for (const auto& [workspace, views] : by_workspace) {
        const auto message = std::make_shared<const std::string>(
            views.size() > static_cast<std::size_t>(most_missed) ? std::string(reload) : message_of(views)
        );
        for (const auto& follower : followers_[workspace]) follower->push(message);
    }
}

void Live::cut(PersonId person)
{
    const std::lock_guard lock(mutex_);
    for (const auto& [workspace, followers] : followers_)
        for (const auto& follower : followers)
            if (follower->actor.person == person) follower->end();
}

std::size_t Live::followers() const
{
    const std::lock_guard lock(mutex_);
    std::size_t count = 0;
    for (const auto& [workspace, followers] : followers_) count += followers.size();
    return count;
}

} // namespace dialpine::api
