"""The scan as machine code, made by LLVM in some hundredths of a second.

Numba brings LLVM along (`llvmlite`), but takes ten times as long to load as the scan takes to make, and more memory; so
this one function is written in LLVM's own assembly language. Its test says the same in Python. Without LLVM there is no
scan, and every row is asked.
"""

import ctypes
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from sys import byteorder
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

#: Symbols that the tables of three symbols tell apart, as bits of a number, and those that factors tell apart.
FOLDED_BITS = 6
#: Classes of symbols in a factor, and words of 64 questions.
PLACES, WORDS = 12, 2

#: For each row every four symbols are looked up. Where a factor may have them at its heart it is compared, class by
#: class. A row with a letter that in any case is one of ASCII is worth every question.
_CODE = """
define void @scan(ptr %text, ptr %starts, ptr %stops, i64 %rows, ptr %fold, ptr %symbol, ptr %single,
                  ptr %seldom, ptr %first,
                  ptr %crowded, ptr %around, ptr %listed, ptr %shape, ptr %classes, ptr %wanted, ptr %out) {
entry:
  %fold.edge.at = getelementptr i8, ptr %fold, i64 2
  %fold.edge.8 = load i8, ptr %fold.edge.at
  %fold.edge = zext i8 %fold.edge.8 to i64
  %edge.high = shl i64 %fold.edge, 6
  %edge.two = or i64 %edge.high, %fold.edge
  %edge.three.up = shl i64 %edge.two, 6
  %edge.three = or i64 %edge.three.up, %fold.edge
  %edge.four.up = shl i64 %edge.three, 6
  %edges = or i64 %edge.four.up, %fold.edge
  br label %row.head

row.head:
  %row = phi i64 [0, %entry], [%row.next, %row.done]
  %row.more = icmp slt i64 %row, %rows
  br i1 %row.more, label %row.begin, label %end
row.begin:
  %start.at = getelementptr i64, ptr %starts, i64 %row
  %start = load i64, ptr %start.at
  %stop.at = getelementptr i64, ptr %stops, i64 %row
  %stop = load i64, ptr %stop.at
  %beyond = add i64 %stop, 3
  br label %byte.head

byte.head:
  %at = phi i64 [%start, %row.begin], [%at.next, %byte.done]
  %last = phi i64 [%edges, %row.begin], [%five, %byte.done]
  %low.head = phi i64 [0, %row.begin], [%low.next, %byte.done]
  %high.head = phi i64 [0, %row.begin], [%high.next, %byte.done]
  %byte.more = icmp slt i64 %at, %beyond
  br i1 %byte.more, label %byte.begin, label %row.done
byte.begin:
  %inside = icmp slt i64 %at, %stop
  br i1 %inside, label %byte.inside, label %byte.look
byte.inside:
  %byte.at = getelementptr i8, ptr %text, i64 %at
  %byte = load i8, ptr %byte.at
  %byte.64 = zext i8 %byte to i64
  %folded.at = getelementptr i8, ptr %fold, i64 %byte.64
  %folded.8 = load i8, ptr %folded.at
  %folded = zext i8 %folded.8 to i64
  %single.index = shl i64 %byte.64, 1
  %single.low.at = getelementptr i64, ptr %single, i64 %single.index
  %single.low = load i64, ptr %single.low.at
  %low.single = or i64 %low.head, %single.low
  %single.high.at = getelementptr i64, ptr %single.low.at, i64 1
  %single.high = load i64, ptr %single.high.at
  %high.single = or i64 %high.head, %single.high
  %wide = icmp ugt i64 %byte.64, 190
  br i1 %wide, label %byte.wide, label %byte.look
byte.wide:
  %is.s = icmp eq i64 %byte.64, 197
  %is.k = icmp eq i64 %byte.64, 226
  %is.letter = or i1 %is.s, %is.k
  br i1 %is.letter, label %byte.letter, label %byte.look
byte.letter:
  %second = add i64 %at, 1
  %second.inside = icmp slt i64 %second, %stop
  br i1 %second.inside, label %byte.second, label %byte.look
byte.second:
  %second.at = getelementptr i8, ptr %text, i64 %second
  %second.byte = load i8, ptr %second.at
  %s.follows = icmp eq i8 %second.byte, -65
  %k.follows = icmp eq i8 %second.byte, -124
  %s.is = and i1 %is.s, %s.follows
  %k.is = and i1 %is.k, %k.follows
  %any.case = or i1 %s.is, %k.is
  br i1 %any.case, label %row.every, label %byte.look
row.every:
  br label %row.done

byte.look:
  %fresh = phi i64 [%fold.edge, %byte.begin], [%folded, %byte.inside], [%folded, %byte.wide], [%folded, %byte.letter],
                   [%folded, %byte.second]
  %low = phi i64 [%low.head, %byte.begin], [%low.single, %byte.inside], [%low.single, %byte.wide],
                 [%low.single, %byte.letter], [%low.single, %byte.second]
  %high = phi i64 [%high.head, %byte.begin], [%high.single, %byte.inside], [%high.single, %byte.wide],
                  [%high.single, %byte.letter], [%high.single, %byte.second]
  %last.up = shl i64 %last, 6
  %last.four = and i64 %last.up, 1073741823
  %five = or i64 %last.four, %fresh
  %four = and i64 %five, 16777215
  %four.times = mul i64 %four, 2654435769
  %four.down = lshr i64 %four.times, 12
  %hash = and i64 %four.down, 1048575
  %seldom.word = lshr i64 %hash, 6
  %seldom.at = getelementptr i64, ptr %seldom, i64 %seldom.word
  %seldom.bits = load i64, ptr %seldom.at
  %seldom.bit = and i64 %hash, 63
  %seldom.down = lshr i64 %seldom.bits, %seldom.bit
  %seldom.is = trunc i64 %seldom.down to i1
  br i1 %seldom.is, label %list.begin, label %byte.done

list.begin:
  %four.heart = lshr i64 %four, 6
  %three = and i64 %four.heart, 262143
  %crowded.at = getelementptr i8, ptr %crowded, i64 %three
  %crowded.8 = load i8, ptr %crowded.at
  %crowd = zext i8 %crowded.8 to i64
  %is.alone = icmp eq i64 %crowd, 0
  br i1 %is.alone, label %list.alone, label %list.crowd
list.alone:
  %alone.at = getelementptr i32, ptr %first, i64 %three
  br label %list.range
list.crowd:
  %prior = lshr i64 %five, 24
  %prior.up = shl i64 %prior, 6
  %next.symbol = and i64 %five, 63
  %pair = or i64 %prior.up, %next.symbol
  %crowd.up = shl i64 %crowd, 12
  %around.index = or i64 %crowd.up, %pair
  %around.at = getelementptr i32, ptr %around, i64 %around.index
  br label %list.range
list.range:
  %list.from.at = phi ptr [%alone.at, %list.alone], [%around.at, %list.crowd]
  %list.from.32 = load i32, ptr %list.from.at
  %list.to.at = getelementptr i32, ptr %list.from.at, i64 1
  %list.to.32 = load i32, ptr %list.to.at
  %list.from = sext i32 %list.from.32 to i64
  %list.to = sext i32 %list.to.32 to i64
  br label %list.head
list.head:
  %item = phi i64 [%list.from, %list.range], [%item.next, %list.done]
  %low.list = phi i64 [%low, %list.range], [%low.kept, %list.done]
  %high.list = phi i64 [%high, %list.range], [%high.kept, %list.done]
  %list.more = icmp slt i64 %item, %list.to
  br i1 %list.more, label %list.one, label %byte.done
list.one:
  %factor.at = getelementptr i32, ptr %listed, i64 %item
  %factor.32 = load i32, ptr %factor.at
  %factor = sext i32 %factor.32 to i64
  %wanted.low.index = shl i64 %factor, 1
  %wanted.low.at = getelementptr i64, ptr %wanted, i64 %wanted.low.index
  %wanted.low = load i64, ptr %wanted.low.at
  %wanted.high.at = getelementptr i64, ptr %wanted.low.at, i64 1
  %wanted.high = load i64, ptr %wanted.high.at
  %low.not = xor i64 %low.list, -1
  %high.not = xor i64 %high.list, -1
  %low.new = and i64 %wanted.low, %low.not
  %high.new = and i64 %wanted.high, %high.not
  %new = or i64 %low.new, %high.new
  %new.none = icmp eq i64 %new, 0
  br i1 %new.none, label %list.done, label %factor.begin
factor.begin:
  %before.at = getelementptr i32, ptr %shape, i64 %wanted.low.index
  %before.32 = load i32, ptr %before.at
  %before = sext i32 %before.32 to i64
  %length.at = getelementptr i32, ptr %before.at, i64 1
  %length.32 = load i32, ptr %length.at
  %length = sext i32 %length.32 to i64
  %heart = sub i64 %at, 3
  %factor.start = sub i64 %heart, %before
  %classes.index = mul i64 %factor, 24
  %classes.at = getelementptr i64, ptr %classes, i64 %classes.index
  br label %class.head
class.head:
  %place = phi i64 [0, %factor.begin], [%place.next, %class.one]
  %class.more = icmp slt i64 %place, %length
  br i1 %class.more, label %class.begin, label %factor.found
class.begin:
  %where = add i64 %factor.start, %place
  %where.after = icmp sge i64 %where, %start
  %where.before = icmp slt i64 %where, %stop
  %where.inside = and i1 %where.after, %where.before
  br i1 %where.inside, label %class.symbol, label %class.one
class.symbol:
  %symbol.byte.at = getelementptr i8, ptr %text, i64 %where
  %symbol.byte = load i8, ptr %symbol.byte.at
  %symbol.byte.64 = zext i8 %symbol.byte to i64
  %symbol.at = getelementptr i8, ptr %symbol, i64 %symbol.byte.64
  %symbol.8 = load i8, ptr %symbol.at
  %symbol.64 = zext i8 %symbol.8 to i64
  br label %class.one
class.one:
  %sign = phi i64 [2, %class.begin], [%symbol.64, %class.symbol]
  %class.word = lshr i64 %sign, 6
  %class.first = shl i64 %place, 1
  %class.index = add i64 %class.first, %class.word
  %class.at = getelementptr i64, ptr %classes.at, i64 %class.index
  %class.bits = load i64, ptr %class.at
  %class.bit = and i64 %sign, 63
  %class.down = lshr i64 %class.bits, %class.bit
  %class.is = trunc i64 %class.down to i1
  %place.next = add i64 %place, 1
  br i1 %class.is, label %class.head, label %list.done
factor.found:
  %low.with = or i64 %low.list, %wanted.low
  %high.with = or i64 %high.list, %wanted.high
  br label %list.done
list.done:
  %low.kept = phi i64 [%low.list, %list.one], [%low.list, %class.one], [%low.with, %factor.found]
  %high.kept = phi i64 [%high.list, %list.one], [%high.list, %class.one], [%high.with, %factor.found]
  %item.next = add i64 %item, 1
  br label %list.head

byte.done:
  %low.next = phi i64 [%low, %byte.look], [%low.list, %list.head]
  %high.next = phi i64 [%high, %byte.look], [%high.list, %list.head]
  %at.next = add i64 %at, 1
  br label %byte.head

row.done:
  %low.told = phi i64 [%low.head, %byte.head], [-1, %row.every]
  %high.told = phi i64 [%high.head, %byte.head], [-1, %row.every]
  %out.index = shl i64 %row, 1
  %out.low = getelementptr i64, ptr %out, i64 %out.index
  store i64 %low.told, ptr %out.low
  %out.high = getelementptr i64, ptr %out.low, i64 1
  store i64 %high.told, ptr %out.high
  %row.next = add i64 %row, 1
  br label %row.head
end:
  ret void
}
"""
_kept: list[object] = []


@cache
def scan() -> "Callable[..., None] | None":
    """The function of `_CODE`, which takes addresses of arrays and a count; None where there is no LLVM."""
    if find_spec("llvmlite") is None or byteorder != "little":
        return None
    llvm = import_module("llvmlite.binding")
    llvm.initialize_native_target()
    llvm.initialize_native_asmprinter()
    module = llvm.parse_assembly(_CODE)
    machine = llvm.Target.from_default_triple().create_target_machine(opt=2, jit=True)
    builder = llvm.create_pass_builder(machine, llvm.create_pipeline_tuning_options(speed_level=2))
    builder.getModulePassManager().run(module, builder)
    engine = llvm.create_mcjit_compiler(module, machine)
    engine.finalize_object()
    _kept.append(engine)  # the code lives as long as its engine
    address = engine.get_function_address("scan")
    pointer, number = ctypes.c_void_p, ctypes.c_int64
    kind = ctypes.CFUNCTYPE(None, *(pointer,) * 3, number, *(pointer,) * 12)
    return kind(address)
