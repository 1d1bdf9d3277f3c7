#include "api/dispatch.hpp"
#include "api/resources.hpp"
#include "work/comments.hpp"
#include "work/projects.hpp"
#include "work/tasks.hpp"
#include "work/written.hpp"

namespace dialpine::api {
using http::Verb;

void add_work_routes(std::vector<Route>& routes)
{
    const auto add = [&](Route route) { routes.push_back(route); };
    // clang-format off
    add(route<work::list_teams>            (Verb::get,     "/workspaces/{workspace}/teams",        Needs::guest,  "List teams"));
    add(route<work::create_team>           (Verb::post,    "/workspaces/{workspace}/teams",        Needs::admin,  "Create a team"));
    add(route<work::find_team>             (Verb::get,     "/workspaces/{workspace}/teams/{team}", Needs::guest,  "Read a team"));
    add(route<work::change_team>           (Verb::patch,   "/workspaces/{workspace}/teams/{team}", Needs::admin,  "Rename a team"));
    add(route<work::delete_team>           (Verb::delete_, "/workspaces/{workspace}/teams/{team}", Needs::admin,  "Delete a team; its projects stay"));

    add(route<work::list_projects>         (Verb::get,     "/workspaces/{workspace}/projects",           Needs::guest,  "List projects"));
    add(route<work::create_project>        (Verb::post,    "/workspaces/{workspace}/projects",           Needs::member, "Create a project"));
    add(route<work::find_project>          (Verb::get,     "/workspaces/{workspace}/projects/{project}", Needs::guest,  "Read a project"));
    add(route<work::change_project>        (Verb::patch,   "/workspaces/{workspace}/projects/{project}", Needs::member, "Change, archive or restore a project"));
    add(route<work::delete_project>        (Verb::delete_, "/workspaces/{workspace}/projects/{project}", Needs::admin,  "Delete a project with everything in it"));

    add(route<work::list_statuses>         (Verb::get,     "/workspaces/{workspace}/projects/{project}/statuses",          Needs::guest,  "List a project's statuses"));
    add(route<work::create_status>         (Verb::post,    "/workspaces/{workspace}/projects/{project}/statuses",          Needs::member, "Create a status"));
    add(route<work::find_status>           (Verb::get,     "/workspaces/{workspace}/projects/{project}/statuses/{status}", Needs::guest,  "Read a status"));
    add(route<work::change_status>         (Verb::patch,   "/workspaces/{workspace}/projects/{project}/statuses/{status}", Needs::member, "Change or move a status"));
    add(route<work::delete_status>         (Verb::delete_, "/workspaces/{workspace}/projects/{project}/statuses/{status}", Needs::member, "Delete a status"));
    add(route<work::list_labels>           (Verb::get,     "/workspaces/{workspace}/projects/{project}/labels",            Needs::guest,  "List a project's labels"));
    add(route<work::create_label>          (Verb::post,    "/workspaces/{workspace}/projects/{project}/labels",            Needs::member, "Create a label"));
    add(route<work::find_label>            (Verb::get,     "/workspaces/{workspace}/projects/{project}/labels/{label}",    Needs::guest,  "Read a label"));
    add(route<work::change_label>          (Verb::patch,   "/workspaces/{workspace}/projects/{project}/labels/{label}",    Needs::member, "Change a label"));
    add(route<work::delete_label>          (Verb::delete_, "/workspaces/{workspace}/projects/{project}/labels/{label}",    Needs::member, "Delete a label"));

    add(route<work::list_tasks>            (Verb::get,     "/workspaces/{workspace}/projects/{project}/tasks", Needs::guest,  "List a project's tasks").kept());
    add(route<work::create_task>           (Verb::post,    "/workspaces/{workspace}/projects/{project}/tasks", Needs::member, "Create a task").located("/workspaces/{workspace}/tasks/{id}"));
    add(route<work::change_tasks>          (Verb::patch,   "/workspaces/{workspace}/tasks",                    Needs::member, "Change several tasks alike"));
    add(route<work::find_task>             (Verb::get,     "/workspaces/{workspace}/tasks/{task}",             Needs::guest,  "Read a task").kept());
    add(route<work::change_task>           (Verb::patch,   "/workspaces/{workspace}/tasks/{task}",             Needs::member, "Change, move, archive or restore a task"));
    add(route<work::delete_task>           (Verb::delete_, "/workspaces/{workspace}/tasks/{task}",             Needs::member, "Put a task into the trash"));
    add(route<work::restore_task>          (Verb::post,    "/workspaces/{workspace}/tasks/{task}/restoration", Needs::member, "Take a task out of the trash").answering(200));
    add(route<work::create_checklist_item> (Verb::post,    "/workspaces/{workspace}/tasks/{task}/checklist",        Needs::member, "Add a checklist item").located("/workspaces/{workspace}/tasks/{id}"));
    add(route<work::change_checklist_item> (Verb::patch,   "/workspaces/{workspace}/tasks/{task}/checklist/{item}", Needs::member, "Change or tick a checklist item"));
    add(route<work::delete_checklist_item> (Verb::delete_, "/workspaces/{workspace}/tasks/{task}/checklist/{item}", Needs::member, "Delete a checklist item"));
    add(route<work::create_link>           (Verb::post,    "/workspaces/{workspace}/tasks/{task}/links",            Needs::member, "Add a link").located("/workspaces/{workspace}/tasks/{id}"));
    add(route<work::delete_link>           (Verb::delete_, "/workspaces/{workspace}/tasks/{task}/links/{link}",     Needs::member, "Delete a link"));
    add(route<work::list_trash>            (Verb::get,     "/workspaces/{workspace}/trash",                         Needs::member, "List deleted tasks"));

    add(route<work::find_sensitive_rule>   (Verb::get,     "/workspaces/{workspace}/sensitive-data",   Needs::guest, "Read what happens to sensitive data in texts"));
    add(route<work::set_sensitive_rule>    (Verb::put,     "/workspaces/{workspace}/sensitive-data",   Needs::admin, "Choose it: off, warn or block"));
    add(route<work::check_sensitive>       (Verb::post,    "/workspaces/{workspace}/sensitive-checks", Needs::guest, "Look for sensitive data in a text; nothing is kept").answering(200));

    add(route<work::list_comments>         (Verb::get,     "/workspaces/{workspace}/tasks/{task}/comments",                       Needs::guest, "List a task's comments"));
    add(route<work::create_comment>        (Verb::post,    "/workspaces/{workspace}/tasks/{task}/comments",                       Needs::guest, "Comment on a task"));
    add(route<work::find_comment>          (Verb::get,     "/workspaces/{workspace}/tasks/{task}/comments/{comment}",             Needs::guest, "Read a comment"));
    add(route<work::change_comment>        (Verb::patch,   "/workspaces/{workspace}/tasks/{task}/comments/{comment}",             Needs::guest, "Change my comment"));
    add(route<work::delete_comment>        (Verb::delete_, "/workspaces/{workspace}/tasks/{task}/comments/{comment}",             Needs::guest, "Delete a comment"));
    add(route<work::restore_comment>       (Verb::post,    "/workspaces/{workspace}/tasks/{task}/comments/{comment}/restoration", Needs::guest, "Take a deleted comment back").answering(200));
    // clang-format on
}

} // namespace dialpine::api
