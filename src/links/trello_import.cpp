#include "links/trello_import.hpp"

#include "links/trello_cards.hpp"
#include "links/trello_reader.hpp"
#include "links/trello_talk.hpp"
#include "store/database.hpp"

namespace dialpine::links {
namespace {
using store::ChangeKind;

// About 20 ms of writing, so that others' writes do not wait longer.
constexpr std::size_t most_in_a_batch = 500;
constexpr std::size_t most_bytes_in_a_batch = 1024 * 1024;

/// Gathers what the file gives and hands it on in batches.
class CardBatches : public TrelloVisitor {
public:
    using Write = std::function<void(std::span<const TrelloCard>)>;
    explicit CardBatches(Write write) : write_(std::move(write)) {}
    [[nodiscard]] bool wants(TrelloPart part) const override { return part == TrelloPart::cards; }
    void visit(TrelloCard card) override
    {
        bytes_ += card.name.size() + card.description.size();
        cards_.push_back(std::move(card));
        if (cards_.size() >= most_in_a_batch || bytes_ >= most_bytes_in_a_batch) flush();
    }
    void flush()
    {
        if (!cards_.empty()) write_(cards_);
        cards_.clear();
        bytes_ = 0;
    }

private:
    Write write_;
    std::vector<TrelloCard> cards_;
    std::size_t bytes_ = 0;
};

class TalkBatches : public TrelloVisitor {
public:
    using Write = std::function<void(std::span<const TrelloChecklist>, std::span<const TrelloAction>)>;
    explicit TalkBatches(Write write) : write_(std::move(write)) {}
    [[nodiscard]] bool wants(TrelloPart part) const override
    {
        return part == TrelloPart::checklists || part == TrelloPart::actions;
    }
    void visit(TrelloChecklist checklist) override
    {
        things_ += checklist.items.size() + 1;
        checklists_.push_back(std::move(checklist));
        flush_if_full();
    }
    void visit(TrelloAction action) override
    {
        if (action.kind != TrelloActionKind::comment) return;
        ++things_;
        bytes_ += action.text.size();
        comments_.push_back(std::move(action));
        flush_if_full();
    }
    void flush()
    {
        if (things_ > 0) write_(checklists_, comments_);
        checklists_.clear();
        comments_.clear();
        things_ = 0;
        bytes_ = 0;
    }

private:
    void flush_if_full()
    {
        if (things_ >= 2 * most_in_a_batch || bytes_ >= most_bytes_in_a_batch) flush();
    }

    Write write_;
    std::vector<TrelloChecklist> checklists_;
    std::vector<TrelloAction> comments_;
    std::size_t things_ = 0;
    std::size_t bytes_ = 0;
};

/// Tells the progress of one step as a part of the whole; not more often than anyone could see.
class Step {
public:
    Step(const Progress& progress, std::string_view name, double from, double to)
        : progress_(progress), name_(name), from_(from), to_(to)
    {
        progress_(from_, name_);
    }
    void operator()(double done)
    {
        const double now = from_ + done * (to_ - from_);
        if (now - told_ < 0.01) return;
        told_ = now;
        progress_(now, name_);
    }

private:
    const Progress& progress_;
    std::string_view name_;
    double from_;
    double to_;
    double told_ = 0;
};
} // namespace

ImportReport
import_trello(store::Database& database, const people::Actor& actor, ImportSource& source, const Progress& progress)
{
    ImportReport report;
    const auto outline = outline_of(source, report, Step(progress, "Checking the file", 0.0, 0.3));
    progress(0.3, "Preparing the project");
    const auto project = prepare_project(database, actor, outline, report);
    const auto places = database.read([&](store::Read& read) { return plan_places(read, project, outline); });
    const auto finish_batch = [&](store::Write& write) {
        if (!write.changes().empty()) write.append(project.change(ChangeKind::import_done, project.id));
    };

    TrelloCardWriter cards(project, outline, places, report);
    CardBatches card_batches([&](std::span<const TrelloCard> batch) {
        database.write([&](store::Write& write) {
            cards.write(write, batch);
            finish_batch(write);
        });
    });
    read_board(source, card_batches, Step(progress, "Bringing in cards", 0.35, 0.7));
    card_batches.flush();

    if (outline.has_checklists_or_comments) {
        TrelloTalkWriter talk(project, outline, report);
        TalkBatches talk_batches([&](std::span<const TrelloChecklist> checklists,
                                     std::span<const TrelloAction> comments) {
            database.write([&](store::Write& write) {
                talk.write(write, checklists, comments);
                finish_batch(write);
            });
        });
        read_board(source, talk_batches, Step(progress, "Bringing in checklists and comments", 0.7, 1.0));
        talk_batches.flush();
    }
    progress(1.0, "Done");
    return report;
}

} // namespace dialpine::links
