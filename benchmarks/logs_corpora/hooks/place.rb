# Loaded with RUBYOPT=-r: what Puppet logs, with the place of the caller.
if (path = ENV["PLACED_LOG"])
  require "json"
  PLACED = File.open("#{path}.#{$$}", "a")
  PLACED.sync = true
  TracePoint.new(:end) do |tp|
    if tp.self.to_s == "Puppet::Util::Logging" && !tp.self.instance_variable_get(:@placed)
      tp.self.instance_variable_set(:@placed, true)
      tp.self.prepend(Module.new do
        def send_log(level, message)
          at = caller_locations(1, 12).find { |frame| frame.path !~ %r{util/logging|place\.rb|util/log} }
          PLACED.puts({ place: "#{at.path}:#{at.lineno}", level: level.to_s, logger: "", message: message.to_s }.to_json) if at
          super
        end
      end)
    end
  end.enable
end
