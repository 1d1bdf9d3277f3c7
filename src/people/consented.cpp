#include "people/consented.hpp"

#include "store/rows.hpp"

namespace dialpine::people {

std::optional<Consent> last_consent(const store::Read& read, PersonId person, std::string_view purpose)
{
    return store::select_one<Consent>(
        read,
        "WHERE person_id = $1 AND purpose = $2 ORDER BY at DESC, id DESC LIMIT 1",
        person,
        std::string(purpose)
    );
}

bool has_consented(const store::Read& read, PersonId person, std::string_view purpose)
{
    const auto last = last_consent(read, person, purpose);
    return last && last->state == ConsentState::given;
}

} // namespace dialpine::people
