#include "links/board_guess.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

namespace dialpine::links {
namespace {
using work::Color;
using work::StatusGroup;

struct Meaning {
    StatusGroup group;
    std::string_view words; ///< separated by '|'
};

// The first that fits counts: "not done" before "done", "in progress (backlog)" before "backlog".
constexpr std::array<Meaning, 6> meanings{{
    {StatusGroup::unstarted,
     "not done|to be done|not started|to do|todo|nicht fertig|noch offen|a faire|por hacer|a fazer|da fare|do "
     "zrobienia|"
     "to-do|待办|待辦|未着手|할 일|сделать|к выполнению"},
    {StatusGroup::cancelled,
     "cancelled|canceled|won't do|won’t do|wont do|won t do|wontfix|rejected|declined|abandoned|dropped|"
     "duplicate|obsolete|"
     "abgebrochen|abgelehnt|verworfen|annule|abandonne|refuse|cancelado|cancelada|descartado|rechazado|annullato|"
     "scartato|"
     "anulowane|anulowano|odrzucone|porzucone|geannuleerd|avbruten|отменено|отклонено|取消|已取消|キャンセル|中止|취소"
    },
    {StatusGroup::completed,
     "done|complete|completed|finished|closed|shipped|released|deployed|published|delivered|resolved|"
     "fertig|erledigt|abgeschlossen|gemacht|veroffentlicht|termine|terminee|fini|fait|livre|publie|"
     "hecho|completado|completada|terminado|terminada|finalizado|listo|feito|concluido|concluida|pronto|"
     "fatto|completato|completata|finito|gotowe|zrobione|zakonczone|ukonczone|hotovo|hotove|klaar|gereed|afgerond|"
     "klart|klar|fardig|ferdig|faerdig|valmis|kesz|gata|tamamlandi|bitti|готово|сделано|выполнено|завершено|зроблено|"
     "完成|已完成|完了|终了|済み|완료"},
    {StatusGroup::started,
     "doing|in progress|progress|wip|in work|working on|in development|developing|ongoing|active|started|"
     "review|in review|code review|testing|test|qa|verify|blocked|waiting|on hold|"
     "in arbeit|in bearbeitung|laufend|wartet|blockiert|prufung|im test|en cours|en revision|en attente|"
     "en curso|en progreso|en proceso|haciendo|bloqueado|em andamento|em progresso|fazendo|in corso|in lavorazione|"
     "w toku|w trakcie|robione|w realizacji|testy|probiha|rozpracovane|bezig|mee bezig|pagaende|pagar|i gang|kesken|"
     "folyamatban|in lucru|yapiliyor|devam eden|в работе|в "
     "процессе|делается|тестирование|进行中|進行中|作業中|対応中|レビュー|진행"},
    {StatusGroup::backlog,
     "backlog|icebox|ideas|idea|someday|maybe|later|inbox|wish list|wishlist|parking lot|future|"
     "ideen|irgendwann|spater|ideensammlung|idees|plus tard|boite a idees|algun dia|ideias|idee|un giorno|"
     "pomysly|kiedys|poczekalnia|napady|ideeen|ooit|ideer|ideoita|otletek|fikirler|бэклог|идеи|когда-нибудь|"
     "积压|想法|アイデア|バックログ|백로그|아이디어"},
    {StatusGroup::started, "current|sprint|this week|today|diese woche|heute|now"},
}};

bool is_ascii(std::string_view text)
{
    return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

/// Folded, its words between single blanks, with a blank at both ends.
std::string in_words(std::string_view text)
{
    std::string words = " ";
    for (const char c : folded(text)) {
        const bool is_letter =
            (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80;
        if (is_letter)
            words += c;
        else if (words.back() != ' ')
            words += ' ';
    }
    if (words.back() != ' ') words += ' ';
    return words;
}

struct Pattern {
    std::string text;
    StatusGroup group;
};

/// Latin and Cyrillic words must stand alone; Chinese, Japanese and Korean ones stand anywhere.
std::vector<Pattern> make_patterns()
{
    std::vector<Pattern> patterns;
    for (const auto& meaning : meanings) {
        auto rest = meaning.words;
        while (!rest.empty()) {
            const auto word = rest.substr(0, rest.find('|'));
            rest.remove_prefix(std::min(word.size() + 1, rest.size()));
            auto pattern = in_words(word);
            const bool stands_alone = is_ascii(word) || static_cast<unsigned char>(word.front()) < 0xE0;
            patterns.push_back({stands_alone ? pattern : std::string(trimmed(pattern)), meaning.group});
        }
    }
    return patterns;
}
} // namespace

Color color_of(std::optional<std::string_view> trello_color)
{
    static constexpr std::array<std::pair<std::string_view, Color>, 10> hues{{
        {"green", Color::green},
        {"yellow", Color::amber},
        {"orange", Color::orange},
        {"red", Color::red},
        {"purple", Color::violet},
        {"blue", Color::blue},
        {"sky", Color::sky},
        {"lime", Color::lime},
        {"pink", Color::pink},
        {"black", Color::gray},
    }};
    const auto name = trello_color.value_or("");
    const auto hue = name.substr(0, name.find('_'));
    for (const auto& [known, color] : hues)
        if (known == hue) return color;
    return Color::gray;
}

StatusGroup group_of(std::string_view list_name)
{
    static const auto patterns = make_patterns();
    const auto words = in_words(list_name);
    for (const auto& pattern : patterns)
        if (words.find(pattern.text) != std::string::npos) return pattern.group;
    return StatusGroup::unstarted;
}

Color color_of(StatusGroup group)
{
    switch (group) {
    case StatusGroup::backlog: return Color::gray;
    case StatusGroup::unstarted: return Color::sky;
    case StatusGroup::started: return Color::amber;
    case StatusGroup::completed: return Color::green;
    case StatusGroup::cancelled: return Color::gray;
    }
    return Color::gray;
}

} // namespace dialpine::links
