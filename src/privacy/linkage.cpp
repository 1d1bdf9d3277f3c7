#include "privacy/linkage.hpp"

#include "privacy/catalogue.hpp"

namespace dialpine::privacy {

Linkage linkage_of(Category category)
{
    switch (category) {
    case Category::name:
    case Category::email:
    case Category::ip_address:
    case Category::external_id:
    case Category::phone:
    case Category::postal_address:
    case Category::session: return Linkage::identifies;
    case Category::age_range:
    case Category::user_agent:
    case Category::device:
    case Category::place:
    case Category::membership:
    case Category::organization:
    case Category::demographic:
    case Category::profile: return Linkage::once_combined;
    default: return Linkage::of_a_person;
    }
}

Linkage linkage_of(const store::Table& table, const store::Column& column)
{
    if (column.personal) return linkage_of(column.personal->category);
    return subject_columns(table).empty() ? Linkage::nobody : Linkage::once_combined;
}

} // namespace dialpine::privacy
