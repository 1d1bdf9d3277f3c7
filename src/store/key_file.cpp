#include "store/key_file.hpp"

#include "store/statement.hpp"

namespace dialpine::store {

std::unique_ptr<Connection> open_key_file(const std::filesystem::path& file, bool is_durable)
{
    auto connection = std::make_unique<Connection>(file.string(), Connection::Mode::write);
    // A rollback journal that is cut to nothing, and overwritten rows: a destroyed key leaves no copy behind.
    connection->execute("PRAGMA journal_mode=TRUNCATE; PRAGMA secure_delete=ON");
    connection->execute(is_durable ? "PRAGMA synchronous=EXTRA" : "PRAGMA synchronous=OFF");
    return connection;
}

} // namespace dialpine::store
