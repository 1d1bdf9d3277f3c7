#pragma once
#include <utility>

namespace dialpine::work {

/// What a team wrote: titles, descriptions, comments, files. Whoever carries it towards another system carries it in
/// this type, which no sender to a third party takes (promise P47, `egress/outgoing.hpp`). It opens for the team alone.
template <class T>
class TeamContent {
public:
    using is_team_content = void;
    explicit TeamContent(T content) : content_(std::move(content)) {}
    [[nodiscard]] const T& for_the_team() const { return content_; }

private:
    T content_;
};

} // namespace dialpine::work
