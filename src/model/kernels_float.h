/// The float parts of the kernels, written once in vectors. Each kernels_*.cc includes this file in
/// a namespace of its own, behind the definition of kRegister, the bytes of a vector register, and
/// compiles it for its processor. The order of operations is the one of docs/formats/model.md and
/// does not depend on the register: sums run in 16 lanes everywhere.
///
/// No inline function of a library may be called here: compiled for a newer processor, the linker
/// might pick it for the whole program.

constexpr std::size_t kLanes = kRegister / sizeof(float);
constexpr std::size_t kSumLanes = 16;

using Floats = float __attribute__((vector_size(kRegister)));
using Ints = std::int32_t __attribute__((vector_size(kRegister)));
using Bytes = std::int8_t __attribute__((vector_size(kLanes)));

/// Loads and stores at any address.
inline Floats Load(const float* from) {
  Floats x;
  __builtin_memcpy(&x, from, sizeof x);
  return x;
}
inline Floats Load(const std::int32_t* from) {
  Ints x;
  __builtin_memcpy(&x, from, sizeof x);
  return __builtin_convertvector(x, Floats);
}
inline void Store(float* to, Floats x) { __builtin_memcpy(to, &x, sizeof x); }

inline Floats Clamp(Floats x, float low, float high) {
  const Floats least = Floats{} + low;
  const Floats most = Floats{} + high;
  x = x < least ? least : x;
  return x > most ? most : x;
}

/// Rounds to nearest, ties to even: behind 1.5 * 2^23 a float has no fraction left, and the low
/// byte of its bits is the integer. REQUIRES: |x| <= 127.
inline void StoreRounded(std::int8_t* to, Floats x) {
  const Floats magic = x + 12582912.0F;
  const Bytes low = __builtin_convertvector(reinterpret_cast<Ints>(magic), Bytes);
  __builtin_memcpy(to, &low, sizeof low);
}

/// A sum in 16 lanes: column c goes to lane c mod 16; at the end lane k takes lane k + 8, then
/// k + 4, k + 2, k + 1.
struct LaneSum {
  Floats lanes[kSumLanes / kLanes];

  float Total() const {
    using Eight = float __attribute__((vector_size(32)));
    using Four = float __attribute__((vector_size(16)));
    Eight half[2];
    __builtin_memcpy(half, lanes, sizeof half);
    const Eight eight = half[0] + half[1];
    Four quarter[2];
    __builtin_memcpy(quarter, &eight, sizeof quarter);
    const Four four = quarter[0] + quarter[1];
    return (four[0] + four[2]) + (four[1] + four[3]);
  }
};

/// Within 0.0004 of the logistic function.
inline Floats Sigmoid(Floats g) {
  const Floats x = Clamp(g * 0.5F, -4.0F, 4.0F);
  const Floats square = x * x;
  const Floats top = x * ((square + 105.0F) * square + 945.0F);
  const Floats low = (15.0F * square + 420.0F) * square + 945.0F;
  return Clamp(top / low, -1.0F, 1.0F) * 0.5F + 0.5F;
}

inline Floats Scaled(const std::int32_t* sums, const float* scale, const float* bias) {
  return Load(sums) * Load(scale) + Load(bias);
}

void Linear(const std::int32_t* sums, std::size_t count, std::size_t width, const float* scale,
            const float* bias, float* out) {
  for (std::size_t row = 0; row < count; ++row, sums += width, out += width) {
    for (std::size_t c = 0; c < width; c += kLanes) {
      Store(out + c, Scaled(sums + c, scale + c, bias + c));
    }
  }
}

void Hidden(const std::int32_t* sums, std::size_t count, std::size_t width, const float* scale,
            const float* bias, std::int8_t* out) {
  for (std::size_t row = 0; row < count; ++row, sums += width, out += width) {
    for (std::size_t c = 0; c < width; c += kLanes) {
      StoreRounded(out + c, Clamp(Scaled(sums + c, scale + c, bias + c), 0.0F, 127.0F));
    }
  }
}

void Rounded(const std::int32_t* sums, std::size_t count, std::size_t width, const float* scale,
             const float* bias, std::int8_t* out) {
  for (std::size_t row = 0; row < count; ++row, sums += width, out += width) {
    for (std::size_t c = 0; c < width; c += kLanes) {
      StoreRounded(out + c, Clamp(Scaled(sums + c, scale + c, bias + c), -127.0F, 127.0F));
    }
  }
}

void Gate(const std::int32_t* sums, std::size_t count, std::size_t width, const float* scale,
          const float* bias, float* x) {
  for (std::size_t row = 0; row < count; ++row, sums += 2 * width, x += width) {
    for (std::size_t c = 0; c < width; c += kLanes) {
      const std::size_t g = width + c;
      const Floats open = Sigmoid(Scaled(sums + g, scale + g, bias + g));
      Store(x + c, Load(x + c) + Scaled(sums + c, scale + c, bias + c) * open);
    }
  }
}

/// What a row is multiplied with after its mean is taken off.
struct Moments {
  float mean;
  float factor;
};

inline Moments MomentsOf(const float* x, std::size_t width) {
  const auto columns = static_cast<float>(width);
  LaneSum sum{};
  for (std::size_t c = 0; c < width; c += kSumLanes) {
    for (std::size_t v = 0; v < kSumLanes / kLanes; ++v) sum.lanes[v] += Load(x + c + v * kLanes);
  }
  const float mean = sum.Total() / columns;
  LaneSum squares{};
  for (std::size_t c = 0; c < width; c += kSumLanes) {
    for (std::size_t v = 0; v < kSumLanes / kLanes; ++v) {
      const Floats d = Load(x + c + v * kLanes) - mean;
      squares.lanes[v] += d * d;
    }
  }
  return {mean, 1.0F / __builtin_sqrtf(squares.Total() / columns + 1e-5F)};
}

inline Floats Normed(const float* x, Moments m, const float* gamma, const float* beta) {
  return (Load(x) - m.mean) * m.factor * Load(gamma) + Load(beta);
}

void Norm(const float* x, std::size_t count, std::size_t width, const float* gamma,
          const float* beta, float* out) {
  for (std::size_t row = 0; row < count; ++row, x += width, out += width) {
    const Moments m = MomentsOf(x, width);
    for (std::size_t c = 0; c < width; c += kLanes) {
      Store(out + c, Normed(x + c, m, gamma + c, beta + c));
    }
  }
}

void Norm8(const float* x, std::size_t count, std::size_t width, const float* gamma,
           const float* beta, std::int8_t* out) {
  for (std::size_t row = 0; row < count; ++row, x += width, out += width) {
    const Moments m = MomentsOf(x, width);
    for (std::size_t c = 0; c < width; c += kLanes) {
      StoreRounded(out + c, Clamp(Normed(x + c, m, gamma + c, beta + c), -127.0F, 127.0F));
    }
  }
}

void Joined(const float* a, const float* b, const float* c, std::size_t width, float factor,
            std::int8_t* out) {
  for (std::size_t i = 0; i < width; i += kLanes) {
    const Floats z = (Load(a + i) + Load(b + i)) + Load(c + i);
    const Floats zero{};
    StoreRounded(out + i, Clamp((z > zero ? z : zero) * factor, 0.0F, 127.0F));
  }
}

std::size_t Argmax(const float* a, const float* b, std::size_t width) {
  Floats best = Load(a) + Load(b);
  Ints index{};
  for (std::size_t k = 0; k < kLanes; ++k) index[k] = static_cast<std::int32_t>(k);
  Ints at = index;
  for (std::size_t c = kLanes; c < width; c += kLanes) {
    index += static_cast<std::int32_t>(kLanes);
    const Floats x = Load(a + c) + Load(b + c);
    const Ints better = x > best;
    best = better ? x : best;
    at = better ? index : at;
  }
  float values[kLanes];
  std::int32_t places[kLanes];
  Store(values, best);
  __builtin_memcpy(places, &at, sizeof at);
  std::size_t found = 0;
  for (std::size_t k = 1; k < kLanes; ++k) {
    const bool equal = values[k] == values[found] && places[k] < places[found];
    if (values[k] > values[found] || equal) found = k;
  }
  return static_cast<std::size_t>(places[found]);
}
