#include "people/choices.hpp"

namespace dialpine::people {
namespace {
std::function<void(store::Write&, PersonId)>& listener()
{
    static std::function<void(store::Write&, PersonId)> tell = [](store::Write&, PersonId) {};
    return tell;
}
} // namespace

void on_choices_changed(std::function<void(store::Write&, PersonId)> tell) { listener() = std::move(tell); }
void tell_choices_changed(store::Write& write, PersonId person) { listener()(write, person); }

} // namespace dialpine::people
