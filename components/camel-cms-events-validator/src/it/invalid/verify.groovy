def log = new File(basedir, 'build.log').text
assert log.contains('calls.camel.yaml:5: cms-events, option elementz: Unknown option. Did you mean: [elements')
assert log.contains('1 file and 1 endpoint checked: 1 problem')
