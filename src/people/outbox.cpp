#include "people/outbox.hpp"

#include "store/rows.hpp"

namespace dialpine::people {

bool queue_mail(store::Write& write, const Person& person, std::string subject, std::string body)
{
    if (!person.email) return false;
    store::insert(
        write,
        OutboxMail{
            .id = OutboxMailId::make(),
            .person_id = person.id,
            .address = Sealed<std::string>(person.email->reveal()),
            .subject = Sealed<std::string>(std::move(subject)),
            .body = Sealed<std::string>(std::move(body)),
            .created_at = clock_now(),
        }
    );
    return true;
}

} // namespace dialpine::people
