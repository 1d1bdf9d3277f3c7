#include "people/objections.hpp"

#include "people/choices.hpp"
#include "people/restriction.hpp"
#include "people/workspace.hpp"
#include "store/rows.hpp"

namespace dialpine::people {
namespace {
struct Words {
    std::string_view title;
    std::string_view consequence;
};

Words words_of(Objectable use)
{
    switch (use) {
    case Objectable::show_to_team:
        return {"Showing your name to your teams", "Your teams read \"Restricted person\" where your name stood."};
    case Objectable::security:
        return {
            "Keeping browser and network with your sessions",
            "New sessions are listed without browser and network, so that you cannot tell them apart."
        };
    case Objectable::send_mail:
        return {"Mail that you did not ask for", "You get only what you ask for yourself, such as a confirmation."};
    case Objectable::import_once:
        return {
            "Recognising you in imported boards",
            "The link to your id in the other service is removed; an import of the same board adds you anew by name."
        };
    case Objectable::measure_use: return {"Measuring which features you use", "Nothing stops working."};
    case Objectable::personalise:
        return {"Fitting DialPine to you", "Suggestions and orders are the same for you as for everybody."};
    case Objectable::mend_errors:
        return {"Reports of crashes in your browser", "Mistakes that only you meet may stay longer."};
    case Objectable::profiling:
        return {"Profiling and automated decisions", "You stand in no computed list, not in others' either."};
    case Objectable::sensitive:
        return {
            "Using sensitive data about you",
            "DialPine takes no card or national number from you, and from nobody in your workspaces a word of illness "
            "beside your name. What stands there already stays until it is changed."
        };
    }
    return {};
}

ObjectionView to_view(const store::Read& read, PersonId person, Objectable use)
{
    const auto row = store::find<ObjectionRow>(read, person, use);
    const auto words = words_of(use);
    return {
        .use = use,
        .title = std::string(words.title),
        .consequence = std::string(words.consequence),
        .objected = row.has_value(),
        .since = row ? std::optional(row->created_at) : std::nullopt,
    };
}
} // namespace

bool has_objected(const store::Read& read, PersonId person, Objectable use)
{
    return store::find<ObjectionRow>(read, person, use).has_value();
}

bool may_be_used(const store::Read& read, PersonId person, Objectable use)
{
    return !is_restricted(read, person) && !has_objected(read, person, use);
}

ObjectionList list_objections(store::Read& read, const SignedIn& me)
{
    ObjectionList list;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<Objectable>>([&](auto each) {
        list.items.push_back(to_view(read, me.person, each.value));
    });
    return list;
}

ObjectionView find_objection(store::Read& read, const SignedIn& me, ObjectionRef ref)
{
    return to_view(read, me.person, ref.purpose);
}

ObjectionView set_objection(store::Write& write, const SignedIn& me, ObjectionRef ref, ObjectionWish wish)
{
    if (wish.objected != has_objected(write, me.person, ref.purpose)) {
        if (wish.objected)
            store::insert(write, ObjectionRow{me.person, ref.purpose, clock_now()});
        else
            store::remove<ObjectionRow>(write, me.person, ref.purpose);
        store::note_choice(
            write,
            {
                .of = me.person,
                .what = fmt::format("objection|{}", json::name_of(ref.purpose)),
                .stands = wish.objected,
                .at = clock_now(),
            }
        );
        if (ref.purpose == Objectable::show_to_team) tell_workspaces_of(write, me.person);
        if (ref.purpose == Objectable::import_once && wish.objected)
            store::execute(write, "DELETE FROM imported_people WHERE person_id = $1", me.person);
        tell_choices_changed(write, me.person);
    }
    return to_view(write, me.person, ref.purpose);
}

} // namespace dialpine::people

namespace dialpine::json {
template <>
std::string_view read_text(std::string_view text, people::ObjectionRef& into)
{
    return read_text(text, into.purpose);
}
} // namespace dialpine::json
