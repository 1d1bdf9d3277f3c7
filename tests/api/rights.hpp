#pragma once
#include "support/server.hpp"

#include <gtest/gtest.h>

/// For the tests of what the signed-in may demand of their data.
namespace dialpine::api {

inline support::Json with_password(boost::json::object wish = {})
{
    wish["password"] = support::password;
    return wish;
}

/// Max, a member with a task, a comment and an assignment, and those who look at the workspace.
class Rights : public support::Furnished {
protected:
    Rights()
    {
        max.client.post(task_path(paint) + "/comments", {{"body", "Two coats"}});
        EXPECT_EQ(max.client.post(web + "/tasks", {{"title", "Sand the wall"}}).status, 201);
    }

    support::Answer restrict_max(std::string_view state = "restricted")
    {
        return max.client.send(support::put("/me/restriction", with_password({{"state", state}})));
    }
    support::Answer object(support::Client& client, std::string_view use, bool objected = true)
    {
        return client.send(support::put("/me/objections/" + std::string(use), {{"objected", objected}}));
    }

    std::string filled(std::string_view path) const
    {
        std::string real;
        while (!path.empty()) {
            const auto open = std::min(path.find('{'), path.size());
            real += path.substr(0, open);
            path.remove_prefix(open);
            if (path.empty()) break;
            const auto value = things.find(path.substr(1, path.find('}') - 1));
            real += value == things.end() ? to_text(new_uuid()) : value->second;
            path.remove_prefix(path.find('}') + 1);
        }
        return real + (real.ends_with("/search") ? "?q=Sand" : "");
    }

    /// All GET routes as this client reads them, by path; only those that answer.
    std::map<std::string, std::string> everything_read_by(support::Client& client) const
    {
        std::map<std::string, std::string> read;
        for (const auto& route : all_routes()) {
            if (route.verb != http::Verb::get || route.path.ends_with("/live")) continue;
            const auto answer = client.get(filled(route.path));
            if (answer.status == 200) read.emplace(route.path, answer.body);
        }
        return read;
    }

    static std::vector<std::string> paths_with(const std::map<std::string, std::string>& read, std::string_view word)
    {
        std::vector<std::string> paths;
        for (const auto& [path, body] : read)
            if (body.find(word) != std::string::npos) paths.push_back(path);
        return paths;
    }

    support::Answer paint = task("Paint", {{"assignee_ids", {to_text(max.id)}}, {"checklist", {{{"text", "red"}}}}});
    std::map<std::string, std::string, std::less<>> things{
        {"workspace", pine.substr(pine.rfind('/') + 1)},
        {"project", project.text("/id")},
        {"task", paint.text("/id")},
        {"status", status("Backlog")},
        {"person", to_text(max.id)},
        {"use", "profiling"},
    };
};

using Restriction = Rights;
using Objection = Rights;

} // namespace dialpine::api
