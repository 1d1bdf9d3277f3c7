#pragma once
#include "people/workspace.hpp"

namespace dialpine::people {

/// The signed-in person.
struct SignedIn {
    PersonId person;
    SessionId session;
    bool is_operator = false;
};

/// The signed-in person in a workspace, with the role that was checked for the route.
struct Actor {
    PersonId person;
    WorkspaceId workspace;
    Role role{};
};

} // namespace dialpine::people
