#include "links/board_guess.hpp"
#include "links/import_text.hpp"

#include <gtest/gtest.h>

#include <utility>

namespace dialpine::links {
namespace {
using work::Color;
using work::StatusGroup;

TEST(GroupOfAList, IsGuessedFromItsName)
{
    const std::pair<std::string_view, StatusGroup> names[]{
        {"Done", StatusGroup::completed},
        {"✅ DONE!", StatusGroup::completed},
        {"Done (2024)", StatusGroup::completed},
        {"Fertig", StatusGroup::completed},
        {"Gotowe", StatusGroup::completed},
        {"Terminé", StatusGroup::completed},
        {"Concluído", StatusGroup::completed},
        {"Готово", StatusGroup::completed},
        {"已完成", StatusGroup::completed},
        {"本周完了", StatusGroup::completed},
        {"완료", StatusGroup::completed},
        {"in Progress", StatusGroup::started},
        {"Doing", StatusGroup::started},
        {"Testing/Review", StatusGroup::started},
        {"In Bearbeitung", StatusGroup::started},
        {"W trakcie", StatusGroup::started},
        {"進行中", StatusGroup::started},
        {"В работе", StatusGroup::started},
        {"Backlog", StatusGroup::backlog},
        {"Product Backlog: User Story", StatusGroup::backlog},
        {"Web-Frontend (Ideas)", StatusGroup::backlog},
        {"Ideen", StatusGroup::backlog},
        {"アイデア", StatusGroup::backlog},
        {"Cancelled", StatusGroup::cancelled},
        {"Won't do", StatusGroup::cancelled},
        {"Anulowane", StatusGroup::cancelled},
        {"取消", StatusGroup::cancelled},
        {"To Do", StatusGroup::unstarted},
        {"To-Do", StatusGroup::unstarted},
        {"TODO after the holidays", StatusGroup::unstarted},
        {"Not done", StatusGroup::unstarted},
        {"Abandonware", StatusGroup::unstarted},
        {"Condone", StatusGroup::unstarted},
        {"Groceries", StatusGroup::unstarted},
        {"", StatusGroup::unstarted},
        {"🎉", StatusGroup::unstarted},
    };
    for (const auto& [name, group] : names) EXPECT_EQ(group_of(name), group) << name;
}

TEST(ColorOfALabel, IsTheNearestOfOurs)
{
    EXPECT_EQ(color_of("green"), Color::green);
    EXPECT_EQ(color_of("green_dark"), Color::green);
    EXPECT_EQ(color_of("yellow_light"), Color::amber);
    EXPECT_EQ(color_of("purple"), Color::violet);
    EXPECT_EQ(color_of("black"), Color::gray);
    EXPECT_EQ(color_of("chartreuse"), Color::gray);
    EXPECT_EQ(color_of(std::optional<std::string_view>()), Color::gray);
}

TEST(ForeignText, IsBroughtIntoOurForm)
{
    EXPECT_EQ(fit_line(" a\r\nb\tc\x7f", 10).line, "a  b c");
    EXPECT_EQ(fit_line("ü\xC2\x85ö", 10).line, "ü ö") << "a C1 control";
    EXPECT_EQ(fit_line("日本語です", 3).line, "日本語");
    EXPECT_EQ(fit_line("日本語です", 3).rest, "です");
    EXPECT_EQ(fit_line(std::string_view("\0\0", 2), 3).line, "");
    EXPECT_EQ(fit_prose("a\r\nb\rc\n\td\x01", 100).text, "a\nb\nc\n\td");
    EXPECT_EQ(fit_prose("日本", 4).text, "日");
    EXPECT_TRUE(fit_prose("日本", 4).is_cut);
    EXPECT_FALSE(fit_prose("日本", 6).is_cut);
}
} // namespace
} // namespace dialpine::links
