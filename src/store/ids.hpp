#pragma once
#include "base/ids.hpp"

namespace dialpine {

using PersonId = Id<struct PersonTag>;
using SessionId = Id<struct SessionTag>;
using ConsentId = Id<struct ConsentTag>;
using OutboxMailId = Id<struct OutboxMailTag>;
using JobId = Id<struct JobTag>;
using WorkspaceId = Id<struct WorkspaceTag>;
using InvitationId = Id<struct InvitationTag>;
using TeamId = Id<struct TeamTag>;
using ProjectId = Id<struct ProjectTag>;
using StatusId = Id<struct StatusTag>;
using LabelId = Id<struct LabelTag>;
using TaskId = Id<struct TaskTag>;
using ChecklistItemId = Id<struct ChecklistItemTag>;
using LinkId = Id<struct LinkTag>;
using CommentId = Id<struct CommentTag>;
using AttachmentId = Id<struct AttachmentTag>;

} // namespace dialpine
