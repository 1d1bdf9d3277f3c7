/// Five small coroutine programs that some compilers build wrongly and silently. They are compiled twice: alone, by the
/// configure step (cmake/compiler_check.cmake), so that such a compiler never builds DialPine unnoticed; and as tests.
/// They need nothing but the standard library, because the configure step comes before everything else.

#include <coroutine>
#include <cstdio>
#include <exception>
#include <initializer_list>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#ifndef DIALPINE_COMPILER_CHECK_ALONE
#include <gtest/gtest.h>
#endif

namespace {

/// What `Turn` left waiting; `run` resumes it. A true suspension is needed: the faults are in what outlives it.
std::coroutine_handle<> waiting;

struct Turn {
    bool await_ready() const noexcept { return false; }
    void await_suspend(std::coroutine_handle<> handle) const noexcept { waiting = handle; }
    void await_resume() const noexcept {}
};

/// The least lazy task: starts when awaited or run, hands its value to the coroutine that awaits it.
template <class T>
class Task {
public:
    struct promise_type {
        std::optional<T> value;
        std::coroutine_handle<> next = std::noop_coroutine();

        struct Final {
            bool await_ready() const noexcept { return false; }
            std::coroutine_handle<> await_suspend(std::coroutine_handle<promise_type> handle) const noexcept
            {
                return handle.promise().next;
            }
            void await_resume() const noexcept {}
        };

        Task get_return_object() { return Task{std::coroutine_handle<promise_type>::from_promise(*this)}; }
        std::suspend_always initial_suspend() const noexcept { return {}; }
        Final final_suspend() const noexcept { return {}; }
        void return_value(T result) { value.emplace(std::move(result)); }
        void unhandled_exception() const { std::terminate(); }
    };

    explicit Task(std::coroutine_handle<promise_type> handle) : handle_(handle) {}
    Task(Task&& other) noexcept : handle_(std::exchange(other.handle_, {})) {}
    Task& operator=(Task&&) = delete;
    ~Task()
    {
        if (handle_) handle_.destroy();
    }

    bool await_ready() const noexcept { return false; }
    std::coroutine_handle<> await_suspend(std::coroutine_handle<> next) const noexcept
    {
        handle_.promise().next = next;
        return handle_;
    }
    T await_resume() const { return std::move(*handle_.promise().value); }

    std::coroutine_handle<promise_type> handle() const { return handle_; }

private:
    std::coroutine_handle<promise_type> handle_;
};

template <class T>
T run(Task<T> task)
{
    task.handle().resume();
    while (waiting) std::exchange(waiting, {}).resume();
    return task.await_resume();
}

/// Counts what is made and what is destroyed; both must be equal in the end, and nothing may die that was never made.
struct Counted {
    inline static int made = 0, gone = 0;
    static void start() { made = gone = 0; }
    static bool balanced() { return made > 0 && made == gone; }

    explicit Counted(std::string words = "a text too long to lie within the string itself") : text(std::move(words))
    {
        ++made;
    }
    Counted(const Counted& other) : text(other.text) { ++made; }
    Counted(Counted&& other) noexcept : text(std::move(other.text)) { ++made; }
    Counted& operator=(const Counted&) = default;
    Counted& operator=(Counted&&) = default;
    ~Counted() { ++gone; }

    std::string text;
};

struct Parcel {
    Counted first;
    Counted second;
};

Task<bool> ok()
{
    co_await Turn{};
    co_return true;
}

Task<std::size_t> size_of(Parcel parcel)
{
    co_await Turn{};
    co_return parcel.first.text.size() + parcel.second.text.size();
}

// 1. A condition that awaits, in a body without local variables.
Task<int> branch()
{
    if (co_await ok()) co_return 7;
    co_return 0;
}

bool a_condition_awaits() { return run(branch()) == 7; }

// 2. An aggregate in braces within the statement that awaits.
Task<std::size_t> send_parcel() { co_return co_await size_of({Counted{}, Counted{"short"}}); }

bool an_aggregate_dies_once()
{
    Counted::start();
    return run(send_parcel()) == std::string("a text too long to lie within the string itself").size() + 5 &&
           Counted::balanced();
}

// 3. A lambda that holds copies, handed over within the statement that awaits.
template <class Work>
Task<std::size_t> perform(Work work)
{
    co_await Turn{};
    co_return work();
}

Task<std::size_t> hand_over()
{
    const Counted words;
    co_return co_await perform([words, again = words] { return words.text.size() + again.text.size(); });
}

bool a_lambda_dies_once()
{
    Counted::start();
    return run(hand_over()) == 2 * std::string("a text too long to lie within the string itself").size() &&
           Counted::balanced();
}

// 4. A choice between two values, one of which is awaited.
Task<Counted> fetch()
{
    co_await Turn{};
    co_return Counted{"fetched, and long enough to be somewhere else"};
}

Task<std::size_t> choose(bool far)
{
    const auto found = far ? co_await fetch() : Counted{"near"};
    co_return found.text.size();
}

bool a_choice_dies_once()
{
    Counted::start();
    const auto far = run(choose(true)), near = run(choose(false));
    return far == std::string("fetched, and long enough to be somewhere else").size() && near == 4 &&
           Counted::balanced();
}

// 5. An initialiser list of strings within the statement that awaits.
Task<std::size_t> total(std::vector<std::string> words)
{
    co_await Turn{};
    std::size_t sum = 0;
    for (const auto& word : words) sum += word.size();
    co_return sum;
}

Task<std::size_t> send_list()
{
    co_return co_await total(
        {std::string("one"), std::string("a second one that is not short at all"), std::string("3")}
    );
}

bool a_list_of_strings_arrives() { return run(send_list()) == 3 + 37 + 1; }

struct Program {
    const char* name;
    bool (*runs)();
};

constexpr Program programs[]{
    {"a condition awaits in a body without locals", a_condition_awaits},
    {"an aggregate in braces is destroyed once", an_aggregate_dies_once},
    {"a lambda with copies is destroyed once", a_lambda_dies_once},
    {"a choice with an awaited side is destroyed once", a_choice_dies_once},
    {"an initialiser list of strings arrives", a_list_of_strings_arrives},
};

} // namespace

#ifdef DIALPINE_COMPILER_CHECK_ALONE
int main()
{
    int failed = 0;
    for (const auto& program : programs) {
        if (program.runs()) continue;
        std::printf("wrong: %s\n", program.name);
        ++failed;
    }
    return failed;
}
#else
TEST(Compiler, RunsTheCoroutineProgramsRightly)
{
    for (const auto& program : programs) EXPECT_TRUE(program.runs()) << program.name;
}
#endif
