#pragma once

namespace dialpine::store {

/// The same for what SQLite gives back: pages, rows, bound values. To be called before the first connection is opened.
void scrub_freed_pages();

} // namespace dialpine::store
