#include "base/json.hpp"

#include <boost/json.hpp>

namespace dialpine::json {

namespace {
/// A member name as a part of a JSON pointer (RFC 6901, section 3); names can be any text, so they are cut.
std::string pointer_part(std::string_view name)
{
    std::string part = "/";
    for (const char c : first_characters(name, 80)) {
        if (c == '~')
            part += "~0";
        else if (c == '/')
            part += "~1";
        else
            part += c;
    }
    return part;
}
} // namespace

bool Node::is_null() const { return value_->is_null(); }
bool Node::is_object() const { return value_->is_object(); }
bool Node::is_array() const { return value_->is_array(); }

std::optional<std::string_view> Node::as_text() const
{
    if (const auto* text = value_->if_string()) return std::string_view(text->data(), text->size());
    return std::nullopt;
}

std::optional<std::int64_t> Node::as_integer() const
{
    if (const auto* number = value_->if_int64()) return *number;
    return std::nullopt;
}

std::optional<double> Node::as_number() const
{
    if (!value_->is_number()) return std::nullopt;
    return value_->to_number<double>();
}

std::optional<bool> Node::as_boolean() const
{
    if (const auto* is_true = value_->if_bool()) return *is_true;
    return std::nullopt;
}

std::size_t Node::size() const
{
    if (const auto* array = value_->if_array()) return array->size();
    if (const auto* object = value_->if_object()) return object->size();
    return 0;
}

Node Node::element(std::size_t index) const
{
    return {value_->get_array()[index], pointer_ + "/" + std::to_string(index), *errors_};
}

std::optional<Node> Node::member(std::string_view name) const
{
    const auto* object = value_->if_object();
    if (!object) return std::nullopt;
    const auto* found = object->if_contains(name);
    if (!found) return std::nullopt;
    return Node(*found, pointer_ + pointer_part(name), *errors_);
}

std::vector<std::string_view> Node::member_names() const
{
    std::vector<std::string_view> names;
    if (const auto* object = value_->if_object())
        for (const auto& member : *object) names.emplace_back(member.key().data(), member.key().size());
    return names;
}

void Node::reject_member(std::string_view name, std::string detail) const
{
    errors_->push_back({pointer_ + pointer_part(name), std::move(detail)});
}

Document::Document(std::string_view text)
{
    boost::json::parse_options options;
    options.max_depth = 32;
    boost::json::error_code error;
    auto root = boost::json::parse(text, error, {}, options);
    if (error == boost::json::error::too_deep) throw Problem::not_json("It is more than 32 levels deep.");
    if (error) throw Problem::not_json("It stops being JSON in UTF-8: " + error.message() + ".");
    root_ = std::make_unique<boost::json::value>(std::move(root));
}

Document::~Document() = default;

} // namespace dialpine::json
