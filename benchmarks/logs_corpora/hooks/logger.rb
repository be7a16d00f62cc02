# Loaded with RUBYOPT=-r: what any Logger of Ruby is told, whatever its level, with the place of the caller.
if (path = ENV["PLACED_LOG"])
  require "json"
  require "logger"
  TOLD = File.open("#{path}.#{$$}.rb", "a")
  TOLD.sync = true
  Logger.prepend(Module.new do
    def add(severity, message = nil, progname = nil, &block)
      at = caller_locations(1, 14).find { |frame| frame.path !~ %r{/logger\.rb|/logging\.rb|<internal} }
      text = message || (block ? block.call : progname)
      TOLD.puts({ place: "#{at.path}:#{at.lineno}", level: %w[DEBUG INFO WARN ERROR FATAL ANY][severity || 5], logger: "", message: text.is_a?(Hash) ? text.inspect : text.to_s }.to_json) if at
      super(severity, message || (block && text), progname)
    rescue StandardError
      nil
    end
    %w[debug info warn error fatal].each_with_index { |name, rank| define_method(name) { |progname = nil, &block| add(rank, nil, progname, &block) }; define_method("#{name}?") { true } }
  end)
end
