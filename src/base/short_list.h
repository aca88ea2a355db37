/// A list that lies where it is declared, as long as it is short:
///
///   base::ShortList<std::uint32_t, 12> words{3, 5};
///   words.push_back(8);
///
/// Used as a std::vector is. Up to `kRoom` values are held without an
/// allocation.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <iterator>
#include <memory>
#include <type_traits>
#include <utility>

namespace dateline::base {

/// Of values that are copied as bytes. Adding makes iterators and references
/// invalid.
template <typename T, std::uint32_t kRoom>
class ShortList {
  static_assert(std::is_trivially_copyable_v<T> && std::is_trivially_default_constructible_v<T>);

 public:
  using value_type = T;
  using size_type = std::size_t;
  using difference_type = std::ptrdiff_t;
  using reference = T&;
  using const_reference = const T&;
  using iterator = T*;
  using const_iterator = const T*;

  ShortList() = default;
  ShortList(std::initializer_list<T> values) { Append(values.begin(), values.end()); }
  template <std::forward_iterator It>
  ShortList(It first, It last) {
    Append(first, last);
  }
  ShortList(const ShortList& other) { Append(other.begin(), other.end()); }
  ShortList(ShortList&& other) noexcept { Take(other); }
  ShortList& operator=(const ShortList& other) {
    if (this != &other) assign(other.begin(), other.end());
    return *this;
  }
  ShortList& operator=(ShortList&& other) noexcept {
    if (this != &other) Take(other);
    return *this;
  }
  ~ShortList() = default;

  [[nodiscard]] T* data() { return far_ ? far_.get() : near_; }
  [[nodiscard]] const T* data() const { return far_ ? far_.get() : near_; }
  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] bool empty() const { return size_ == 0; }
  [[nodiscard]] T* begin() { return data(); }
  [[nodiscard]] T* end() { return data() + size_; }
  [[nodiscard]] const T* begin() const { return data(); }
  [[nodiscard]] const T* end() const { return data() + size_; }
  [[nodiscard]] T& operator[](std::size_t at) { return data()[at]; }
  [[nodiscard]] const T& operator[](std::size_t at) const { return data()[at]; }
  [[nodiscard]] T& front() { return data()[0]; }
  [[nodiscard]] const T& front() const { return data()[0]; }
  [[nodiscard]] T& back() { return data()[size_ - 1]; }
  [[nodiscard]] const T& back() const { return data()[size_ - 1]; }

  void clear() { size_ = 0; }
  void reserve(std::size_t room) {
    if (room > room_) Grow(room);
  }
  void push_back(T value) {
    if (size_ == room_) Grow(size_ + std::size_t{1});
    data()[size_++] = value;
  }
  void pop_back() { --size_; }
  /// Not of values of the list itself.
  template <std::forward_iterator It>
  void assign(It first, It last) {
    clear();
    Append(first, last);
  }
  template <std::forward_iterator It>
  void insert(const T* before, It first, It last) {
    const auto at = before - data();
    const auto old = static_cast<std::ptrdiff_t>(size_);
    Append(first, last);
    std::rotate(begin() + at, begin() + old, end());
  }
  void insert(const T* before, T value) { insert(before, &value, &value + 1); }
  T* erase(const T* first, const T* last) {
    T* const to = data() + (first - data());
    std::copy(last, static_cast<const T*>(end()), to);
    size_ -= static_cast<std::uint32_t>(last - first);
    return to;
  }

  friend bool operator==(const ShortList& one, const ShortList& other) {
    return std::ranges::equal(one, other);
  }

 private:
  template <typename It>
  void Append(It first, It last) {
    const auto count = static_cast<std::size_t>(std::distance(first, last));
    reserve(size_ + count);
    std::copy(first, last, end());
    size_ += static_cast<std::uint32_t>(count);
  }
  void Grow(std::size_t least) {
    const std::size_t room = std::max(least, std::size_t{2} * room_);
    auto far = std::make_unique_for_overwrite<T[]>(room);
    std::copy(begin(), end(), far.get());
    far_ = std::move(far);
    room_ = static_cast<std::uint32_t>(room);
  }
  /// Leaves the other empty.
  void Take(ShortList& other) noexcept {
    far_ = std::move(other.far_);
    if (!far_) std::copy(other.near_, other.near_ + other.size_, near_);
    size_ = std::exchange(other.size_, 0);
    room_ = std::exchange(other.room_, kRoom);
  }

  std::unique_ptr<T[]> far_;  ///< null: the values lie near
  std::uint32_t size_ = 0;
  std::uint32_t room_ = kRoom;
  T near_[kRoom];  // NOLINT: filled up to size_
};

template <typename T, std::uint32_t kRoom, typename Test>
std::size_t erase_if(ShortList<T, kRoom>& list, Test test) {
  const auto gone = std::ranges::remove_if(list, test);
  const std::size_t count = gone.size();
  list.erase(gone.begin(), gone.end());
  return count;
}

template <typename T, std::uint32_t kRoom>
std::size_t erase(ShortList<T, kRoom>& list, T value) {
  return erase_if(list, [value](T each) { return each == value; });
}

}  // namespace dateline::base
