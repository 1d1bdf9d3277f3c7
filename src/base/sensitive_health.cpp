#include "base/sensitive.hpp"
#include "base/text.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <unordered_set>

namespace dialpine::sensitive {
namespace {
struct Word {
    std::size_t at = 0;
    std::size_t length = 0;
    std::string folded;
    bool is_capitalised = false;
    bool is_mention = false; ///< `@[id]`
};

/// Nouns and adjectives of illness and pregnancy that mean little else, folded. In each language only what is common.
constexpr std::array illnesses{
    // shared by several languages
    "diabetes",
    "hiv",
    "depression",
    "burnout",
    "epilepsie",
    "hepatitis",
    "asthma",
    "cancer",
    "tumor",
    "psychose",
    // English
    "diabetic",
    "depressed",
    "epilepsy",
    "epileptic",
    "pregnant",
    "pregnancy",
    "miscarriage",
    "chemotherapy",
    "chemo",
    "dialysis",
    "schizophrenia",
    "schizophrenic",
    "bipolar",
    "parkinson's",
    "parkinsons",
    "alzheimer's",
    "alzheimers",
    "dementia",
    "anorexia",
    "bulimia",
    "autism",
    "autistic",
    "adhd",
    "ptsd",
    "psychiatrist",
    "psychotherapy",
    "leukaemia",
    "leukemia",
    "migraine",
    "migraines",
    "abortion",
    "rehab",
    // German
    "krebs",
    "brustkrebs",
    "diabetikerin",
    "diabetiker",
    "schwanger",
    "schwangerschaft",
    "fehlgeburt",
    "chemotherapie",
    "dialyse",
    "schizophrenie",
    "demenz",
    "magersucht",
    "bulimie",
    "autismus",
    "psychotherapie",
    "bandscheibenvorfall",
    "herzinfarkt",
    "schlaganfall",
    "krankgeschrieben",
    "depressionen",
    "leukamie",
    // French
    "diabete",
    "diabetique",
    "enceinte",
    "grossesse",
    "chimiotherapie",
    "epileptique",
    "schizophrene",
    "demence",
    "leucemie",
    "sida",
    "vih",
    "anorexie",
    "avortement",
    // Spanish and Portuguese
    "cancro",
    "diabetica",
    "diabetico",
    "embarazada",
    "quimioterapia",
    "epilepsia",
    "esquizofrenia",
    "demencia",
    "leucemia",
    "aborto",
    "gravida",
    "depressao",
    "depresion",
    // Italian
    "incinta",
    "diabetica",
    "chemioterapia",
    "leucemia",
    "tumore",
    "depressione",
    "epilessia",
    // Dutch, Polish, Swedish
    "kanker",
    "borstkanker",
    "zwanger",
    "suikerziekte",
    "depressie",
    "nowotwor",
    "cukrzyca",
    "cukrzyce",
    "padaczka",
    "padaczke",
    "depresje",
    "depresja",
    "gravid",
    "diabetiker",
    "sjukskriven",
    "brostcancer",
};

/// Folded words by which a sentence says something of a person, in the same languages: has, is, was, suffers.
constexpr std::array says_of_a_person{
    "has",    "had",    "is",     "was",    "suffers", "got",    "hat",       "hatte",         "ist",
    "war",    "leidet", "bekam",  "a",      "avait",   "est",    "etait",     "souffre",       "tiene",
    "tenia",  "esta",   "estaba", "padece", "ha",      "aveva",  "e",         "era",           "soffre",
    "tem",    "tinha",  "heeft",  "had",    "lijdt",   "ma",     "miala",     "jest",          "byla",
    "cierpi", "har",    "ar",     "lider",  "told",    "tested", "diagnosed", "diagnosticada", "erkrankt",
};

/// Capitalised at the start of a sentence without being anybody.
constexpr std::array nobodys_name{
    "this",    "that",  "it",       "there",     "what",    "which",    "who",      "the",      "our",     "my",
    "your",    "page",  "nobody",   "everybody", "someone", "somebody", "everyone", "campaign", "article", "text",
    "chapter", "study", "world",    "das",       "dies",    "die",      "der",      "es",       "was",     "wer",
    "thema",   "seite", "le",       "la",        "ce",      "il",       "elle",     "el",       "esto",    "the",
    "how",     "why",   "when",     "where",     "here",    "if",       "and",      "but",      "all",     "each",
    "he",      "she",   "er",       "sie",       "i",       "we",       "they",     "project",  "website", "team",
    "section", "topic", "material", "november",  "october", "report",
};

/// Beside a word of illness they say that it is a subject to write about, not somebody's.
constexpr std::array subjects{
    "page",    "campaign", "study",  "research", "app",      "article", "foundation", "friendly",  "awareness",
    "charity", "day",      "logo",   "website",  "seite",    "thema",   "kampagne",   "forschung", "studie",
    "etude",   "campagne", "pagina", "campana",  "articulo", "sezione", "strona",     "sida",      "artikel",
};

constexpr std::array honorifics{
    "mr",      "mrs",    "ms",  "dr",     "frau",  "herr", "herrn",   "mme",    "madame", "monsieur", "sig",
    "signora", "signor", "sra", "senora", "senor", "sr",   "mevrouw", "meneer", "pan",    "pani",     "fru",
};

template <std::size_t Count>
bool is_one_of(const std::array<const char*, Count>& words, std::string_view word)
{
    return std::ranges::find(words, word) != words.end();
}

bool is_illness(std::string_view word)
{
    static const std::unordered_set<std::string_view> known(illnesses.begin(), illnesses.end());
    return known.contains(word);
}

bool is_word_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '\'' || c == '_' ||
           static_cast<unsigned char>(c) >= 0x80;
}

/// Whether the first character is a capital: folding changes its case, and not only its accents.
bool begins_with_capital(std::string_view word)
{
    const auto first = static_cast<unsigned char>(word.front());
    if (first < 0x80) return first >= 'A' && first <= 'Z';
    // The capitals of Latin-1 and of Latin Extended-A that begin names, by their two bytes.
    if (word.size() < 2) return false;
    const auto second = static_cast<unsigned char>(word[1]);
    return (first == 0xc3 && second >= 0x80 && second <= 0x9e) || ((first == 0xc4 || first == 0xc5) && second % 2 == 0);
}

bool is_ascii(std::string_view word)
{
    return std::ranges::all_of(word, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

/// Calls `each` with the beginning and the end of every word and mention.
void for_each_word(std::string_view sentence, auto each)
{
    for (std::size_t at = 0; at < sentence.size();) {
        auto end = at;
        if (sentence.substr(at).starts_with("@["))
            end = std::min(sentence.find(']', at), sentence.size() - 1) + 1;
        else
            while (end < sentence.size() && is_word_byte(sentence[end])) ++end;
        if (end > at) each(at, end);
        at = std::max(end, at + 1);
    }
}

std::vector<Word> words_of(std::string_view sentence, std::size_t offset)
{
    std::vector<Word> words;
    for_each_word(sentence, [&](std::size_t at, std::size_t end) {
        const auto word = sentence.substr(at, end - at);
        if (word.starts_with('@'))
            return words.push_back({.at = offset + at, .length = end - at, .folded = {}, .is_mention = true});
        auto plain = is_ascii(word) ? to_lower_ascii(word) : folded(word); // folding is slow, and most words need none
        words.push_back({offset + at, end - at, std::move(plain), begins_with_capital(word), false});
    });
    return words;
}

/// Almost no text does, so that its words need not be kept.
bool names_illness(std::string_view text)
{
    std::array<char, 24> lower{}; // no word of illness is as long
    bool does = false;
    for_each_word(text, [&](std::size_t at, std::size_t end) {
        const auto word = text.substr(at, end - at);
        if (does || word.starts_with('@')) return;
        if (!is_ascii(word))
            does = is_illness(folded(word));
        else if (word.size() < lower.size()) {
            std::ranges::transform(word, lower.begin(), [](char c) {
                return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
            });
            does = is_illness({lower.data(), word.size()});
        }
    });
    return does;
}

std::string_view without_genitive(std::string_view word)
{
    if (word.ends_with("'s")) word.remove_suffix(2);
    return word;
}

/// Whether this word stands for a particular person.
bool is_person(const std::vector<Word>& words, std::size_t i, const IsName& is_name)
{
    const auto& word = words[i];
    if (word.is_mention) return true;
    const bool is_plain_word =
        !word.is_capitalised || is_one_of(nobodys_name, word.folded) || is_illness(word.folded) || word.length < 3;
    if (is_plain_word) return false;
    if (is_name && is_name(without_genitive(word.folded))) return true;
    if (i > 0 && is_one_of(honorifics, words[i - 1].folded)) return true;
    // Somebody of whom the next word says something: "Anna has", "Anna Berger hat", "Anna's diabetes".
    constexpr std::size_t most_family_names = 2;
    if (word.folded.ends_with("'s") && i + 1 < words.size() && is_illness(words[i + 1].folded)) return true;
    for (std::size_t next = i + 1; next < words.size() && next <= i + most_family_names; ++next) {
        if (is_one_of(says_of_a_person, words[next].folded)) return true;
        if (!words[next].is_capitalised) return false;
    }
    return false;
}

bool is_subject(const std::vector<Word>& words, std::size_t illness)
{
    const auto names_subject = [&](std::size_t i) { return i < words.size() && is_one_of(subjects, words[i].folded); };
    return names_subject(illness + 1) || names_subject(illness + 2) || (illness > 0 && names_subject(illness - 1));
}

void find_in_sentence(
    std::string_view sentence, std::size_t offset, const IsName& is_name, std::vector<SensitiveFinding>& findings
)
{
    const auto words = words_of(sentence, offset);
    constexpr std::size_t reach = 7; // words
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (!is_illness(words[i].folded) || is_subject(words, i)) continue;
        const auto from = i > reach ? i - reach : 0;
        const auto until = std::min(words.size(), i + reach + 1);
        for (std::size_t near = from; near < until; ++near)
            if (near != i && is_person(words, near, is_name)) {
                findings.push_back({SensitiveKind::health, words[i].at, words[i].length});
                break;
            }
    }
}
} // namespace

void find_health(std::string_view text, const IsName& is_name, std::vector<SensitiveFinding>& findings)
{
    if (!names_illness(text)) return;
    std::size_t at = 0;
    while (at < text.size()) {
        auto end = text.find_first_of("!?\n;", at);
        // A full stop ends a sentence only before a blank: "Dr. Berger" is rare enough to be asked for by name.
        for (auto stop = text.find(". ", at); stop < end; stop = text.find(". ", stop + 1)) {
            const auto before = text.substr(at, stop - at);
            const auto last_blank = before.rfind(' ');
            const auto last = before.substr(last_blank == std::string_view::npos ? 0 : last_blank + 1);
            if (is_one_of(honorifics, to_lower_ascii(last))) continue;
            end = stop;
            break;
        }
        end = std::min(end, text.size());
        find_in_sentence(text.substr(at, end - at), at, is_name, findings);
        at = end + 1;
    }
}

} // namespace dialpine::sensitive
