# Loaded with RUBYOPT=-r: what Jekyll and what programs with Log4r log, with the place of the caller.
if (path = ENV["PLACED_LOG"])
  require "json"
  LOGGED = File.open("#{path}.#{$$}.rb", "a")
  LOGGED.sync = true
  def LOGGED.keep(level, logger, message)
    at = caller_locations(2, 16).find { |frame| frame.path !~ %r{log4r|log_adapter|logged\.rb|/logger\.rb|<internal|\(eval} }
    puts({ place: "#{at.path}:#{at.lineno}", level: level.to_s, logger: logger.to_s, message: message.to_s }.to_json) if at
  rescue StandardError
    nil
  end
  JEKYLL = Module.new do
    def write(level, topic, message = nil, &block)
      LOGGED.keep(level, "", "#{topic} #{block ? block.call : message}".strip)
      super
    end
  end
  LOG4R = Module.new do
    def initialize(level, logger, tracer, data)
      LOGGED.keep("", logger.fullname, data)
      super
    end
  end
  TracePoint.new(:end) do |tp|
    mixin = { "Jekyll::LogAdapter" => JEKYLL, "Log4r::LogEvent" => LOG4R }[tp.self.to_s]
    tp.self.prepend(mixin) if mixin && !tp.self.ancestors.include?(mixin)
  end.enable
end
