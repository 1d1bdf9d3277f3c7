#pragma once
#include "people/person.hpp"
#include "store/database.hpp"

#include <string>

/// Mails that wait for a mail server.
namespace dialpine::people {

/// Queues a mail to the person's own address; gives whether there is one.
bool queue_mail(store::Write&, const Person&, std::string subject, std::string body);

} // namespace dialpine::people
