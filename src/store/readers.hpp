#pragma once
#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <memory>
#include <mutex>
#include <vector>

namespace dialpine::store {

class Connection;

/// The connections of those who read: given to one reader at a time, and kept for the next.
class Readers {
public:
    Readers(std::filesystem::path file, std::size_t most_kept);
    ~Readers();
    Readers(const Readers&) = delete;
    Readers& operator=(const Readers&) = delete;

    /// Waits a few seconds while they are closed, unless this thread reads already; then throws Failure.
    std::unique_ptr<Connection> take();
    /// `is_whole`: it can be used again.
    void give_back(std::unique_ptr<Connection>, bool is_whole);
    /// Closes what is kept now, and what is out when it is given back.
    void renew();
    /// Lets nobody begin to read, ends who does, and closes all; false if somebody still reads after `patience`.
    /// To be followed by `open`.
    bool close(std::chrono::milliseconds patience);
    void open();

private:
    const std::filesystem::path file_;
    const std::size_t most_kept_;
    std::mutex mutex_;
    std::condition_variable opened_;
    std::condition_variable given_back_;
    bool is_closed_ = false;
    std::vector<std::unique_ptr<Connection>> kept_;
    struct Out {
        Connection* connection = nullptr;
        bool is_old = false; ///< closed when it comes back
    };
    std::vector<Out> out_;
};

/// Nobody reads as long as this lives. Throws Failure if somebody still does after `patience`.
class ClosedReaders {
public:
    ClosedReaders(Readers&, std::chrono::milliseconds patience);
    ~ClosedReaders() { readers_.open(); }
    ClosedReaders(const ClosedReaders&) = delete;
    ClosedReaders& operator=(const ClosedReaders&) = delete;

private:
    Readers& readers_;
};

} // namespace dialpine::store
