#include "api/confirmations.hpp"

#include "api/resources.hpp"

namespace dialpine::api {

void Confirmations::note(SessionId session)
{
    const Instant now = clock_now();
    const std::lock_guard lock(mutex_);
    std::erase_if(confirmed_, [&](const auto& each) { return each.second + confirmation_life <= now; });
    confirmed_.insert_or_assign(session, now);
}

bool Confirmations::is_fresh(SessionId session)
{
    const Instant now = clock_now();
    const std::lock_guard lock(mutex_);
    const auto found = confirmed_.find(session);
    return found != confirmed_.end() && found->second <= now && now < found->second + confirmation_life;
}

Awaitable<void>
confirm_identity(House& house, people::SignedIn me, std::optional<std::string> password, std::string pointer)
{
    if (password) {
        co_await check_own_password(house, me.person, std::move(*password), std::move(pointer));
        house.confirmations.note(me.session);
    } else if (!house.confirmations.is_fresh(me.session)) {
        Problem problem(
            403, "password-needed", "Your password is needed", "Give your password, so that it is surely you."
        );
        problem.errors.push_back({std::move(pointer), "is required to do this"});
        throw problem;
    }
}

} // namespace dialpine::api
