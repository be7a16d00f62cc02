// Loaded with NODE_OPTIONS=--require: every line of the "log" event and of stderr with the place that wrote it.
const fs = require("node:fs")
const path = process.env.PLACED_LOG
if (path) {
  const skip = /(place\.cjs|node:|proc-log|[\\/]debug[\\/]src|npmlog|display\.js|\._debug |utils[\\/]debug|at (?:Function\.)?(?:log\d*|debug\d*|viteLog) \()/
  const place = () => {
    const frames = new Error().stack.split("\n").slice(2)
    const found = frames.find((frame) => !skip.test(frame)) || ""
    const at = /\(?([^()\s]+):(\d+):\d+\)?$/.exec(found)
    return at ? `${at[1]}:${at[2]}` : ""
  }
  const util = require("node:util")
  const keep = (level, logger, message) => {
    const at = place()
    if (at) fs.appendFileSync(`${path}.${process.pid}`, JSON.stringify({ place: at, level, logger, message }) + "\n")
  }
  const emit = process.emit
  process.emit = function (name, ...rest) {
    if (name === "log" && rest[0] !== "pause" && rest[0] !== "resume") keep(rest[0], "", util.format(...rest.slice(1)))
    return emit.call(this, name, ...rest)
  }
  const write = process.stderr.write
  process.stderr.write = function (text, ...rest) {
    for (const line of String(text).split("\n")) if (line.trim()) keep("", "", line.replace(/\x1b\[[\d;]*m/g, "").trim())
    return write.call(this, text, ...rest)
  }
}
