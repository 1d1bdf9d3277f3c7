#include "base/sha256.hpp"

#include "base/crypto.hpp"
#include "base/text.hpp"

#include <openssl/evp.h>

#include <new>

namespace dialpine::crypto {
namespace {
/// OpenSSL fails here only for want of memory.
EVP_MD_CTX* checked(EVP_MD_CTX* context, int succeeded)
{
    if (!context || succeeded != 1) throw std::bad_alloc();
    return context;
}
EVP_MD_CTX* to_context(void* context) { return static_cast<EVP_MD_CTX*>(context); }
} // namespace

Sha256::Sha256() : context_(checked(EVP_MD_CTX_new(), 1)) { clear(); }
Sha256::Sha256(const Sha256& other) : Sha256()
{
    checked(to_context(context_), EVP_MD_CTX_copy_ex(to_context(context_), to_context(other.context_)));
}
Sha256::~Sha256() { EVP_MD_CTX_free(to_context(context_)); }

void Sha256::clear() { checked(to_context(context_), EVP_DigestInit_ex(to_context(context_), EVP_sha256(), nullptr)); }

void Sha256::add(std::string_view piece)
{
    checked(to_context(context_), EVP_DigestUpdate(to_context(context_), piece.data(), piece.size()));
}

std::string Sha256::hex() const
{
    const Sha256 ended(*this);
    Digest digest;
    checked(to_context(ended.context_), EVP_DigestFinal_ex(to_context(ended.context_), digest.data(), nullptr));
    return to_hex(view(digest));
}

} // namespace dialpine::crypto
