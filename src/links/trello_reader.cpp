#include "links/trello_reader.hpp"

#include "base/problem.hpp"

#include <boost/json.hpp>
#include <boost/json/basic_parser_impl.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <span>

namespace dialpine::links {
namespace {
namespace json = boost::json;

constexpr std::size_t piece_bytes = 32 * 1024;
constexpr std::size_t most_depth = 32;
constexpr std::size_t most_element_bytes = 8 * 1024 * 1024;
constexpr std::size_t node_bytes = 32; ///< what a value costs in memory, beside its text
constexpr std::size_t most_name = 64;

constexpr std::array<std::string_view, 8> part_names{
    "lists", "labels", "members", "customFields", "cards", "checklists", "actions", "pluginData"
};

/// Takes the parser's events: passes over what nobody wants, and builds one entry of one part at a time.
class Assembler {
public:
    static constexpr std::size_t max_object_size = json::object::max_size();
    static constexpr std::size_t max_array_size = json::array::max_size();
    static constexpr std::size_t max_key_size = json::string::max_size();
    static constexpr std::size_t max_string_size = json::string::max_size();

    explicit Assembler(TrelloVisitor* visitor) : visitor_(visitor) {}

    /// What was read of the head; throws Unreadable if something that makes a board is missing.
    TrelloHead head() const
    {
        for (const auto part : {TrelloPart::lists, TrelloPart::cards})
            if (!has_part_[static_cast<std::size_t>(part)])
                throw Unreadable(fmt::format("has no list of `{}`", name_of(part)));
        if (!is_trello_id(head_.id)) throw Unreadable("has no `id`");
        return head_;
    }

    bool on_document_begin(json::error_code&) { return true; }
    bool on_document_end(json::error_code&) { return true; }
    bool on_comment_part(json::string_view, json::error_code&) { return true; }
    bool on_comment(json::string_view, json::error_code&) { return true; }
    bool on_number_part(json::string_view, json::error_code&) { return true; }

    bool on_object_begin(json::error_code&)
    {
        if (depth_ == 1) refuse_other_shape();
        if (depth_ == 2 && part_) begin_entry();
        ++depth_;
        return true;
    }
    bool on_object_end(std::size_t count, json::error_code&)
    {
        --depth_;
        if (!is_building_) return true;
        stack_.push_object(count);
        if (depth_ == 2) end_entry();
        return true;
    }
    bool on_array_begin(json::error_code&)
    {
        if (depth_ == 0) throw Unreadable("is JSON, but not a board");
        if (depth_ == 1) begin_part();
        if (depth_ == 2 && part_) refuse_entry();
        ++depth_;
        return true;
    }
    bool on_array_end(std::size_t count, json::error_code&)
    {
        --depth_;
        if (depth_ == 1) part_.reset();
        if (is_building_) stack_.push_array(count);
        return true;
    }
    bool on_key_part(json::string_view part, std::size_t, json::error_code&)
    {
        if (depth_ == 1) add_to_name(part);
        if (is_building_) stack_.push_chars(spend(part));
        return true;
    }
    bool on_key(json::string_view last, std::size_t, json::error_code&)
    {
        if (depth_ == 1) {
            add_to_name(last);
            name_.swap(next_name_);
            next_name_.clear();
            if (auto* text = head_text()) text->clear();
        }
        if (is_building_) stack_.push_key(spend(last));
        return true;
    }
    bool on_string_part(json::string_view part, std::size_t, json::error_code&)
    {
        if (is_building_)
            stack_.push_chars(spend(part));
        else if (auto* text = head_text())
            *text += spend(part);
        return true;
    }
    bool on_string(json::string_view last, std::size_t, json::error_code&)
    {
        if (is_building_)
            stack_.push_string(spend(last));
        else if (auto* text = head_text()) {
            *text += spend(last);
            spent_ = 0;
        } else
            check_scalar();
        return true;
    }
    bool on_int64(std::int64_t number, json::string_view, json::error_code&)
    {
        return scalar([&] { stack_.push_int64(number); });
    }
    bool on_uint64(std::uint64_t number, json::string_view, json::error_code&)
    {
        return scalar([&] { stack_.push_uint64(number); });
    }
    bool on_double(double number, json::string_view, json::error_code&)
    {
        return scalar([&] { stack_.push_double(number); });
    }
    bool on_bool(bool flag, json::error_code&)
    {
        return scalar([&] { stack_.push_bool(flag); });
    }
    bool on_null(json::error_code&)
    {
        if (depth_ == 1) return true; // as good as absent
        return scalar([&] { stack_.push_null(); });
    }

private:
    static std::string_view name_of(TrelloPart part) { return part_names[static_cast<std::size_t>(part)]; }

    std::optional<TrelloPart> part_named() const
    {
        const auto found = std::ranges::find(part_names, std::string_view(name_));
        if (found == part_names.end()) return std::nullopt;
        return static_cast<TrelloPart>(found - part_names.begin());
    }

    void add_to_name(std::string_view part)
    {
        if (next_name_.size() < most_name) next_name_ += part.substr(0, most_name);
    }

    /// Where the text goes that is being read, if it belongs to the board itself.
    std::string* head_text()
    {
        if (depth_ != 1) return nullptr;
        if (name_ == "id") return &head_.id;
        if (name_ == "name") return &head_.name;
        if (name_ == "desc") return &head_.description;
        return nullptr;
    }

    void begin_part()
    {
        if (head_text()) throw Unreadable(fmt::format("has a `{}` that is not a text", name_));
        part_ = part_named();
        entries_ = 0;
        if (part_) has_part_[static_cast<std::size_t>(*part_)] = true;
    }

    void begin_entry()
    {
        ++entries_;
        if (!visitor_->wants(*part_)) return;
        is_building_ = true;
        spent_ = 0;
        stack_.reset();
    }

    void end_entry()
    {
        is_building_ = false;
        const auto value = stack_.release();
        try {
            give(value.get_object());
        } catch (const Unreadable& unreadable) {
            throw Unreadable(
                fmt::format("is not as Trello writes it: entry {} of `{}` {}", entries_, name_, unreadable.what())
            );
        }
    }

    void give(const json::object& entry)
    {
        switch (*part_) {
        case TrelloPart::lists: visitor_->visit(list_from(entry)); break;
        case TrelloPart::labels: visitor_->visit(label_from(entry)); break;
        case TrelloPart::members: visitor_->visit_member(person_from(entry)); break;
        case TrelloPart::fields: visitor_->visit(field_from(entry)); break;
        case TrelloPart::cards: visitor_->visit(card_from(entry)); break;
        case TrelloPart::checklists: visitor_->visit(checklist_from(entry)); break;
        case TrelloPart::actions: visitor_->visit(action_from(entry)); break;
        case TrelloPart::plugin_data: visitor_->visit_power_up_value(); break;
        }
    }

    template <class Push>
    bool scalar(Push push)
    {
        if (is_building_) {
            spend({});
            push();
        } else
            check_scalar();
        return true;
    }

    void check_scalar() const
    {
        if (depth_ == 0) throw Unreadable("is JSON, but not a board");
        if (depth_ == 1) refuse_other_shape();
        if (depth_ == 2 && part_) refuse_entry();
    }

    /// A value stands where the board has a list or a text.
    void refuse_other_shape() const
    {
        const bool is_text = name_ == "id" || name_ == "name" || name_ == "desc";
        if (is_text || part_named())
            throw Unreadable(fmt::format("has a `{}` that is not a {}", name_, is_text ? "text" : "list"));
    }

    void refuse_entry() const
    {
        throw Unreadable(fmt::format("is not as Trello writes it: an entry of `{}` is not an object", name_));
    }

    /// Counts what the entry needs in memory.
    json::string_view spend(json::string_view text)
    {
        spent_ += text.size() + node_bytes;
        if (spent_ > most_element_bytes) throw Unreadable(fmt::format("has an entry of more than 8 MB in `{}`", name_));
        return text;
    }

    TrelloVisitor* visitor_;
    TrelloHead head_;
    std::array<bool, part_names.size()> has_part_{};
    json::value_stack stack_;
    std::string name_;      ///< of the board's member that is being read
    std::string next_name_; ///< as far as it was read
    std::optional<TrelloPart> part_;
    std::size_t depth_ = 0;
    std::size_t entries_ = 0;
    std::size_t spent_ = 0;
    bool is_building_ = false;
};

Problem refuse(std::string_view what, std::uint64_t byte)
{
    return {
        422,
        "invalid",
        "The file is not a board that Trello exported",
        fmt::format("The file {} (around byte {}). Export the board again from Trello as JSON.", what, byte),
    };
}

std::string_view explain(const json::error_code& error)
{
    if (error == json::error::too_deep) return "is nested too deeply";
    if (error == json::error::incomplete) return "is cut short";
    return "is not JSON in UTF-8";
}

std::size_t without_mark(ImportSource& source, std::span<char> piece)
{
    constexpr std::string_view mark = "\xEF\xBB\xBF";
    const auto size = source.read(piece);
    if (!std::string_view(piece.data(), size).starts_with(mark)) return size;
    std::copy(piece.begin() + mark.size(), piece.begin() + static_cast<std::ptrdiff_t>(size), piece.begin());
    return size - mark.size();
}

using Parser = json::basic_parser<Assembler>;

/// Gives the parser one piece; `at` is where it begins.
void parse_piece(Parser& parser, std::string_view piece, std::uint64_t at)
{
    json::error_code error;
    std::size_t taken = 0;
    try {
        taken = parser.write_some(!piece.empty(), piece.data(), piece.size(), error);
    } catch (const Unreadable& unreadable) {
        throw refuse(unreadable.what(), at);
    }
    if (error) throw refuse(explain(error), at + taken);
    if (taken < piece.size()) throw refuse("goes on after the end of its JSON", at + taken);
}
} // namespace

TrelloHead read_board(ImportSource& source, TrelloVisitor& visitor, const std::function<void(double)>& progress)
{
    json::parse_options options;
    options.max_depth = most_depth;
    Parser parser(options, &visitor);
    source.rewind();
    // Boost 1.81's parser says "suspended" by its own address, and takes the end of a piece that borders it in memory
    // for that: a spare byte keeps the two apart.
    std::array<char, piece_bytes + 1> room{};
    const auto piece = std::span(room).first(piece_bytes);
    std::uint64_t at = 0;
    const auto whole = static_cast<double>(std::max<std::uint64_t>(source.size(), 1));
    for (auto size = without_mark(source, piece); size > 0; size = source.read(piece)) {
        parse_piece(parser, {piece.data(), size}, at);
        at += size;
        progress(std::min(1.0, static_cast<double>(at) / whole));
    }
    if (at == 0) throw refuse("is empty", 0);
    if (!parser.done()) parse_piece(parser, {}, at);
    try {
        return parser.handler().head();
    } catch (const Unreadable& unreadable) {
        throw refuse(unreadable.what(), at);
    }
}

} // namespace dialpine::links
