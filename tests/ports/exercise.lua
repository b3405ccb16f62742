-- A tour of Lua whose output depends on neither machine nor time: tests/ports compares what the guest prints with what
-- the host's Lua prints. One section an area; each prints a few lines that a wrong bit anywhere would change.

local function section(name)
	print("== " .. name)
end

-- A generator of numbers of our own, so that both sides see the same ones.
local seed = 12345
local function random(limit)
	seed = (seed * 1103515245 + 12345) % 2147483648
	return seed // 65536 % limit
end

local function random_list(count, limit)
	local list = {}
	for i = 1, count do
		list[i] = random(limit)
	end
	return list
end

local function checksum(list)
	local sum = 0
	for i, value in ipairs(list) do
		sum = (sum * 31 + value * i) % 1000000007
	end
	return sum
end

section("arithmetic")
print(7 // 2, -7 // 2, 7 % 3, -7 % 3, 7 % -3, 2 ^ 10, 7 / 2)
print(math.maxinteger, math.mininteger, math.maxinteger + 1 == math.mininteger)
print(1e15, 1e16, 123456789.125, 0.1, 1 / 3, -0.0, 1e300 * 1e10, -1e300 * 1e10)
print(5.0 == 5, math.type(5), math.type(5.0), math.type("5"), 3 | 4.0, ~0, 1 << 62, 1 << 64, -1 >> 60)
print(math.floor(-3.5), math.ceil(-3.5), math.fmod(-7, 3), math.tointeger(3.0), math.ult(1, -1))
print(string.format("%.6f %.6f %.6f %.6f", math.sin(1), math.cos(1), math.exp(1), math.log(10)))
print(string.format("%.10g %.10g %.3e", math.sqrt(2), math.pi, 12345.678))
print("10" + 5, "0x10" + 0, 10 .. 20, tonumber("  12  "), tonumber("1e1"), tonumber("z", 36), tonumber("8", 8))
print(pcall(function() return 1 // 0 end))
print(1 // 0.0, -1 // 0.0, 0 / 0 ~= 0 / 0)

section("sorting")
local function insertion_sort(list, less)
	for i = 2, #list do
		local value, j = list[i], i - 1
		while j >= 1 and less(value, list[j]) do
			list[j + 1] = list[j]
			j = j - 1
		end
		list[j + 1] = value
	end
end

local function merge_sort(list)
	if #list < 2 then
		return list
	end
	local half, left, right = #list // 2, {}, {}
	for i, value in ipairs(list) do
		table.insert(i <= half and left or right, value)
	end
	left, right = merge_sort(left), merge_sort(right)
	local merged, i, j = {}, 1, 1
	while i <= #left or j <= #right do
		if j > #right or (i <= #left and left[i] <= right[j]) then
			merged[#merged + 1], i = left[i], i + 1
		else
			merged[#merged + 1], j = right[j], j + 1
		end
	end
	return merged
end

local numbers = random_list(500, 10000)
local sorted = { table.unpack(numbers) }
table.sort(sorted)
local by_hand = { table.unpack(numbers) }
insertion_sort(by_hand, function(a, b) return a < b end)
print(checksum(numbers), checksum(sorted), checksum(by_hand), checksum(merge_sort(numbers)))
table.sort(sorted, function(a, b) return a > b end)
print(sorted[1], sorted[250], sorted[500], #sorted)
local words = { "pear", "Apple", "fig", "banana", "apple", "cherry", "date" }
table.sort(words)
print(table.concat(words, " "))
table.sort(words, function(a, b) return #a < #b or (#a == #b and a < b) end)
print(table.concat(words, " "))
print(pcall(table.sort, { 3, "x", 1 }))

section("strings")
local pieces = {}
for i = 1, 200 do
	pieces[#pieces + 1] = string.format("%03d:%s", i, string.rep(string.char(97 + i % 26), i % 7))
end
local long = table.concat(pieces, ",")
print(#long, long:sub(1, 40), long:sub(-40))
print(long:find("100:", 1, true), select(2, long:gsub("%d+", "")))
print(("the quick brown fox"):gsub("(%w+) (%w+)", "%2 %1"))
print(("hello world"):upper(), ("MiXeD"):lower(), ("abc"):reverse(), ("x"):rep(5, "-"), ("abc"):byte(1, -1))
for key, value in ("a=1, b=2, c=3"):gmatch("(%w+)=(%w+)") do
	io.write(key, "->", value, ";")
end
print()
print(("  trim me  "):match("^%s*(.-)%s*$") .. "|", ("f(a(b)c)d"):match("%b()"), ("THE (quick) fox"):find("%((%a+)%)"))
print(string.format("%5d|%-5d|%05d|%x|%X|%o|%c|%q|%s|%10.3s|%%", 42, 42, 42, 255, 255, 8, 65, 'a "b"\n', nil, "abcdef"))
print(string.format("%g %g %g %g", 100000, 1e20, 0.0001, 1e-5), string.format("%a", 1.0))
print(#string.pack("<i4d", 7, 1.5), string.unpack("<i4d", string.pack("<i4d", 7, 1.5)))
print(utf8.char(72, 228, 8364, 128512), utf8.len("häß€"), utf8.codepoint("€", 1))
for position, code in utf8.codes("aé") do
	io.write(position, ":", code, " ")
end
print()

section("closures")
local function counter(step)
	local count = 0
	return function()
		count = count + step
		return count
	end, function() return count end
end
local bump, look = counter(3)
local other = counter(10)
bump() bump() other()
print(bump(), other(), look())
local function compose(...)
	local functions = { ... }
	return function(x)
		for i = #functions, 1, -1 do
			x = functions[i](x)
		end
		return x
	end
end
print(compose(function(x) return x + 1 end, function(x) return x * 2 end, tostring and tonumber)("20"))
local makers = {}
for i = 1, 5 do
	makers[i] = function() i = i + 1; return i end
end
print(makers[1](), makers[1](), makers[5](), select("#", nil, nil), select(-1, 1, 2, 3))
local memo = setmetatable({}, { __mode = "k" })
local function fibonacci(n, cache)
	cache = cache or {}
	if n < 2 then return n end
	cache[n] = cache[n] or fibonacci(n - 1, cache) + fibonacci(n - 2, cache)
	return cache[n]
end
print(fibonacci(80), next(memo))

section("metatables")
local Vector = {}
Vector.__index = Vector
Vector.__add = function(a, b) return Vector.new(a.x + b.x, a.y + b.y) end
Vector.__eq = function(a, b) return a.x == b.x and a.y == b.y end
Vector.__lt = function(a, b) return a:norm() < b:norm() end
Vector.__tostring = function(v) return "(" .. v.x .. ", " .. v.y .. ")" end
Vector.__len = function() return 2 end
Vector.__call = function(v, factor) return Vector.new(v.x * factor, v.y * factor) end
Vector.__concat = function(a, b) return tostring(a) .. tostring(b) end
function Vector.new(x, y) return setmetatable({ x = x, y = y }, Vector) end
function Vector:norm() return math.sqrt(self.x * self.x + self.y * self.y) end
local a, b = Vector.new(3, 4), Vector.new(1, 2)
print(tostring(a + b), a == Vector.new(3, 4), a ~= b, b < a, #a, tostring(a(2)), a .. b, a:norm())
local Animal = setmetatable({}, { __index = { legs = 4 } })
Animal.__index = Animal
local Bird = setmetatable({ legs = 2 }, Animal)
Bird.__index = Bird
print(setmetatable({}, Bird).legs, setmetatable({}, Animal).legs, rawget(Animal, "legs"))
local log = {}
local proxy = setmetatable({}, {
	__index = function(_, key) log[#log + 1] = "get " .. key; return #key end,
	__newindex = function(t, key, value) log[#log + 1] = "set " .. key; rawset(t, key, value) end,
})
proxy.one = proxy.three
proxy.one = 7
print(proxy.one, table.concat(log, ", "))

section("coroutines")
local function producer(count)
	return coroutine.wrap(function()
		for i = 1, count do
			coroutine.yield(i * i)
		end
		return "done"
	end)
end
local next_square = producer(3)
print(next_square(), next_square(), next_square(), next_square(), pcall(next_square))
local function permutations(list, n)
	n = n or #list
	if n <= 1 then
		coroutine.yield(table.concat(list))
	end
	for i = 1, n do
		list[n], list[i] = list[i], list[n]
		if n > 1 then permutations(list, n - 1) end
		list[n], list[i] = list[i], list[n]
	end
end
local all = {}
for text in coroutine.wrap(function() permutations({ "a", "b", "c", "d" }) end) do
	all[#all + 1] = text
end
print(#all, all[1], all[24], table.concat(all, "", 10, 12))
local worker = coroutine.create(function(first)
	local second = coroutine.yield(first + 1)
	error("stopped at " .. second, 0)
end)
print(coroutine.resume(worker, 1))
print(coroutine.status(worker), coroutine.resume(worker, 2))
print(coroutine.status(worker), coroutine.resume(worker), coroutine.isyieldable())
local function pipeline(source, filter)
	return coroutine.wrap(function()
		for value in source do
			if filter(value) then coroutine.yield(value) end
		end
	end)
end
local function range(n)
	return coroutine.wrap(function() for i = 1, n do coroutine.yield(i) end end)
end
local primes = range(60)
local found = {}
while true do
	local prime = primes()
	while prime == 1 do prime = primes() end
	if not prime then break end
	found[#found + 1] = prime
	primes = pipeline(primes, function(value) return value % prime ~= 0 end)
end
print(table.concat(found, " "))

section("garbage collection")
local collected = 0
local function churn(rounds)
	for i = 1, rounds do
		local waste = setmetatable({ string.rep("x", i % 100) }, { __gc = function() collected = collected + 1 end })
		waste.self = waste
	end
end
churn(2000)
collectgarbage()
collectgarbage()
print(collected, collectgarbage("count") < 2000)
local weak = setmetatable({}, { __mode = "v" })
weak[1], weak[2] = {}, "a string stays"
local kept = {}
weak[3] = kept
collectgarbage()
print(weak[1], weak[2], weak[3] == kept)
print(collectgarbage("generational"), collectgarbage("incremental"))
do
	local closed <close> = setmetatable({}, { __close = function() print("closed") end })
	print("open")
end

section("errors")
local function thrower(level)
	if level == 0 then error({ code = 42 }) end
	thrower(level - 1)
end
local ok, problem = pcall(thrower, 20)
print(ok, type(problem), problem.code)
print(xpcall(function() local x = nil; return x.field end, function(text) return "handled: " .. text:gsub("^.-:%d+: ", "") end))
print(select(2, pcall(error, "plain")), select(2, pcall(error)), (load("return 1 +")))
print(load("x = ", "=chunk"))
print(pcall(string.rep, "x", -1), pcall(string.char, 256))
local function depth(n) return n == 0 and 0 or 1 + depth(n - 1) end
print(depth(1000), depth(20000))
print(load("local a <const> = 5; return a * ...")(3), pcall(load, nil))
goto finish
print("never")
::finish::
print(table.unpack({ 1, 2, 3 }, 2), table.pack(1, nil, 3).n, table.concat(table.move({ 1, 2, 3 }, 1, 3, 2), "-"))
print("end")
